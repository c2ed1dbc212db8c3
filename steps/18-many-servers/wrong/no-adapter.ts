import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'each server speaks to its own guests',
  changes: [
    {
      file: 'server.ts',
      from: `  ...(redis && { adapter: adapterFor(redis) }),
`,
      to: ``,
    },
  ],
  fails: 'what is said at one server is heard at the others, by those who may hear it',
  says: 'adapterFor(redis)',
} satisfies Wrong
