import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who leaves while typing goes on typing for good',
  changes: [
    {
      file: 'page/client.ts',
      from: `  view.removeTypist(username)
  view.announce`,
      to: `  view.announce`,
    },
  ],
  fails: 'the row goes when the message arrives, or the person leaves',
  says: 'a guest who vanishes sends no',
} satisfies Wrong
