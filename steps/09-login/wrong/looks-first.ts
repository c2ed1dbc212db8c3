import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'is the name free? Then it is ours',
  changes: [
    {
      file: 'people.ts',
      from: '   ON CONFLICT DO NOTHING RETURNING id`',
      to: '   RETURNING id`',
    },
    {
      file: 'register.ts',
      from: `    const id = addAccount(username, displayName, await hashOf(password))
`,
      to: `    const isFree = !accountOf(username)
    const hash = await hashOf(password)
    const id = isFree ? addAccount(username, displayName, hash) : undefined
`,
    },
  ],
  fails: 'what cannot be registered is refused in words, and nothing typed is lost',
  says: 'is refused: 409',
} satisfies Wrong
