import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page waits for her own message to come back, and the server skips her',
  changes: [
    {
      file: 'page/client.ts',
      from: `if (answer.ok) view.say(myName, message, 'mine')
  else view.giveBack`,
      to: `if (!answer.ok) view.giveBack`,
    },
  ],
  fails: 'two windows chat, in the colours of their names',
  says: 'who shows what Ann wrote: her own page',
} satisfies Wrong
