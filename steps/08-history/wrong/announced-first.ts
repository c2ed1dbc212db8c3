import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'to be quick, messages are told at once and written down once a second',
  changes: [
    {
      file: 'server.ts',
      from: `    keep.run(username, message, Date.now()) // first of all: what is announced must not be forgotten
`,
      to: `    const name = username
    const at = Date.now()
    setTimeout(() => keep.run(name, message, at), 1_000)
`,
    },
  ],
  fails: 'who comes later reads what was said before',
  says: 'Saw: none',
} satisfies Wrong
