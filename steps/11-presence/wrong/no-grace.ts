import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who has no tab has left, at once',
  changes: [
    {
      file: 'presence.ts',
      from: `  known.leaving = setTimeout(() => {
    here.delete(id)
    left()
  }, graceMs)`,
      to: `  here.delete(id)
  left()`,
    },
  ],
  fails: 'however many tabs and reloads, it is one person',
  says: 'wait a few seconds',
} satisfies Wrong
