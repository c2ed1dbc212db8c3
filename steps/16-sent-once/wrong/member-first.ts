import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who has left the room gets no answer to what was kept',
  changes: [
    {
      file: 'chat.ts',
      from: `    const before = keptBefore(person.id, key)
`,
      to: `    if (!isMember(room, person.id)) throw new Refusal('You are no member.')
    const before = keptBefore(person.id, key)
`,
    },
  ],
  fails: 'a key is known after a restart, and when its author has left the room',
  says: 'comes before isMember()',
} satisfies Wrong
