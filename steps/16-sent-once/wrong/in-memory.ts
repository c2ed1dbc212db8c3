import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the outbox is a variable: a reload empties it',
  changes: [
    {
      file: 'page/outbox.ts',
      from: `let prefix = ''`,
      to: `const memory = new Map<string, string>()
let prefix = ''`,
    },
    {
      file: 'page/outbox.ts',
      from: `  return Object.entries(localStorage)
`,
      to: `  return [...memory]
`,
    },
    {
      file: 'page/outbox.ts',
      from: `  localStorage.removeItem(prefix + key)
`,
      to: `  memory.delete(prefix + key)
`,
    },
    {
      file: 'page/outbox.ts',
      from: `  localStorage.setItem(prefix + one.key, JSON.stringify(one))
`,
      to: `  memory.set(prefix + one.key, JSON.stringify(one))
`,
    },
  ],
  fails: 'what waits is still there when the page is loaded again',
  says: 'outbox.ts — localStorage',
} satisfies Wrong
