import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who is not in a room can read it line by line',
  changes: [
    {
      file: 'catch-up.ts',
      from: `    if (!isMember(wanted.room, id)) throw new Refusal('You are not in this room.')
`,
      to: ``,
    },
  ],
  fails: 'older lines are those before a number, 50 at a time',
  says: 'if (!isMember(wanted.room, id))',
} satisfies Wrong
