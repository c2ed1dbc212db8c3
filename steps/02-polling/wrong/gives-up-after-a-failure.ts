import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the next question is planned where the answer was read, so after one failure there is none',
  changes: [
    { file: 'page/client.ts', from: '  setTimeout(ask, 1_000)\n', to: '' },
    {
      file: 'page/client.ts',
      from: `    view.note('asking every second')\n`,
      to: `    view.note('asking every second')\n    setTimeout(ask, 1_000)\n`,
    },
  ],
  fails: 'the page asks again a second after each answer, also when there was none',
  says: 'does setTimeout(ask, 1_000) run when fetch throws, too?',
} satisfies Wrong
