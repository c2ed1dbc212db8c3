import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'it looks for the key, and stores, but not as one',
  changes: [
    {
      file: 'message-table.ts',
      from: `    const before = await keptBefore(from, key, on)
    if (before) return { kept: before, isNew: false }
`,
      to: ``,
    },
  ],
  fails: 'the same key, sent to two servers at once, is kept once and announced once',
  says: 'with the same id',
} satisfies Wrong
