import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page asks when it is opened and never again',
  changes: [{ file: 'page/client.ts', from: '  setTimeout(ask, 1_000)\n', to: '' }],
  fails: "Ben's page shows what Ann sends",
  says: 'does it ask again?',
} satisfies Wrong
