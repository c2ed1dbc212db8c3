import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page takes what comes live for all there is',
  changes: [
    {
      file: 'page/client.ts',
      from: `  later(answer.more ? 0 : syncEveryMs, () => seen && catchUp(seen))
`,
      to: `  clearTimeout(timer)
  if (answer.more) void catchUp(seen)
`,
    },
  ],
  fails: 'what was lost on the way comes to the page all the same',
  says: 'it does not',
} satisfies Wrong
