import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'an acknowledgement says yes, and no more',
  changes: [
    {
      file: 'chat.ts',
      from: `    return { id: kept.id, at: kept.at }
`,
      to: '',
    },
  ],
  fails: 'everything that is said has a room, and the first one is General',
  says: '{ ok: true, id, at }',
} satisfies Wrong
