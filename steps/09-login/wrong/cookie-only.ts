import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'logging out takes the cookie away, and leaves the session in the store',
  changes: [
    {
      file: 'sessions.ts',
      from: `    this.#destroy.run(id)
`,
      to: '',
    },
  ],
  fails: 'logging out cuts this session’s sockets, and ends its cookie',
  says: 'what does destroy() do?',
} satisfies Wrong
