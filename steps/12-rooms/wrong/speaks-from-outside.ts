import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who knows the number may speak there',
  changes: [
    {
      file: 'server.ts',
      from: `    if (!isMember(data.room, person.id)) return refuse('You are not in this room.', acknowledge)
`,
      to: '',
    },
  ],
  fails: 'who is not in it can neither speak nor read there',
  says: 'isMember(room, person.id)',
} satisfies Wrong
