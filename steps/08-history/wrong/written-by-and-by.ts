import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the list in memory is quick, and goes to disk twice a second',
  changes: [
    {
      file: 'server.ts',
      from: `const newest = database.prepare<[number], Kept>('SELECT * FROM messages ORDER BY id DESC LIMIT ?')
`,
      to: `const newest = database.prepare<[number], Kept>('SELECT * FROM messages ORDER BY id DESC LIMIT ?')
const recent: Kept[] = newest.all(50).toReversed()
let written = recent.length
let count = recent.at(-1)?.id ?? 0
setInterval(() => {
  for (const { username, message, at } of recent.slice(written)) keep.run(username, message, at)
  written = recent.length
}, 500)
`,
    },
    {
      file: 'server.ts',
      from: `    keep.run(username, message, Date.now()) // first of all: what is announced must not be forgotten
`,
      to: `    recent.push({ id: ++count, username, message, at: Date.now() })
`,
    },
    {
      file: 'server.ts',
      from: 'newest.all(longestHistory).toReversed()',
      to: 'recent.slice(-longestHistory)',
    },
  ],
  fails: 'it survives the end of the program, and even kill -9',
  says: 'still there at the next start?',
} satisfies Wrong
