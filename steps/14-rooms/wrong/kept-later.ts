import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'to be quick, messages are told at once and written down a second later',
  changes: [
    {
      file: 'chat.ts',
      from: `    const kept = keepMessage(room, username, message) // first of all: what is announced must not be forgotten
`,
      to: `    const kept = { id: Math.round(performance.now() * 1000), room, username, message, at: Date.now() }
    setTimeout(() => keepMessage(room, username, message), 1_000)
`,
    },
  ],
  fails: 'who is not in a room cannot speak there, and what is refused is kept nowhere',
  says: 'first keepMessage()',
} satisfies Wrong
