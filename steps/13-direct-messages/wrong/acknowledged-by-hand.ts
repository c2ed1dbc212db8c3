import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the handler answers by itself, and takes for granted that somebody waits for the answer',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `  hear(socket, 'direct read', other, (them) => {
    if (hasRead(id, them)) tell(id)
  })
`,
      to: `  socket.on('direct read', (them, acknowledge) => {
    if (other.safeParse(them).success && hasRead(id, them)) tell(id)
    acknowledge({ ok: true })
  })
`,
    },
  ],
  fails: 'a message to nobody is refused, and the server goes on',
  says: 'Your server stopped',
} satisfies Wrong
