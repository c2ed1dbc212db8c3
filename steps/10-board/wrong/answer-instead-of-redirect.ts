import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the form is answered with the board itself',
  changes: [
    {
      file: 'board.ts',
      from: `  request.session.flash = flash
  response.redirect(303, '/board')`,
      to: '  response.send(boardPage(newest.all(), whoAsks(request), { flash }))',
    },
  ],
  fails: 'nobody comes near the board without a login',
  says: 'redirect(303',
} satisfies Wrong
