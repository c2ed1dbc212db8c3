import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who knows the number may speak there',
  changes: [
    {
      file: 'chat.ts',
      from: `    if (!isMember(room, person.id)) throw new Refusal('You are not in this room.')
`,
      to: '',
    },
    { file: 'chat.ts', from: 'import { hear, Refusal, type', to: 'import { hear, type' },
    { file: 'chat.ts', from: 'historyOf, isMember, keepMessage', to: 'historyOf, keepMessage' },
  ],
  fails: 'who is not in a room cannot speak there, and what is refused is kept nowhere',
  says: 'isMember(room, person.id)',
} satisfies Wrong
