import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'typing is harmless, so nobody asks who types',
  changes: [
    {
      file: 'server.ts',
      from: `    if (room === undefined || !isMember(room, person.id)) return
    if (typingIn`,
      to: `    if (room === undefined) return
    if (typingIn`,
    },
  ],
  fails: 'who is not in it can neither speak nor read there',
  says: 'does not type there',
} satisfies Wrong
