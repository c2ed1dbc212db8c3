import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the server knows a key as long as it runs',
  changes: [
    {
      file: 'chat.ts',
      from: `/** What somebody can say`,
      to: `const known = new Map<string, { id: number; at: number }>()

/** What somebody can say`,
    },
    {
      file: 'chat.ts',
      from: `    const before = keptBefore(person.id, key)
`,
      to: `    const before = key && known.get(\`\${person.id} \${key}\`)
`,
    },
    {
      file: 'chat.ts',
      from: `    const kept = keepMessage(room, username, message, person.id, key) // first of all: what is announced must not be forgotten
`,
      to: `    const kept = keepMessage(room, username, message, person.id, undefined)
    known.set(\`\${person.id} \${key}\`, { id: kept.id, at: kept.at })
`,
    },
    {
      file: 'chat.ts',
      from: `keepMessage, keptBefore, roomMessage`,
      to: `keepMessage, roomMessage`,
    },
  ],
  fails: 'a key is known after a restart, and when its author has left the room',
  says: 'the key is kept beside the message',
} satisfies Wrong
