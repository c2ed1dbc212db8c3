import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'each server has a list of its own',
  changes: [
    {
      file: 'server.ts',
      from: `if (quickRedis) sharePresence(io, quickRedis)
`,
      to: ``,
    },
  ],
  fails: 'what is said at one server is heard at the others, by those who may hear it',
  says: 'list has ann, ben, eve',
} satisfies Wrong
