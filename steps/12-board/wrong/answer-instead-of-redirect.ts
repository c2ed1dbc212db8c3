import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the form is answered with the board itself',
  changes: [
    {
      file: 'board.ts',
      from: `    request.session.flash = 'Your post is on the board.'
    response.redirect(303, '/board') // so that loading the page again does not send the form again
`,
      to: `    response.send(boardPage(newestPosts(), id, { flash: 'Your post is on the board.' }))
`,
    },
  ],
  fails: 'what one publishes, all can read, newest first',
  says: 'redirect(303',
} satisfies Wrong
