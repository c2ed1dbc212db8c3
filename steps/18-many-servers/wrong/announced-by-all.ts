import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'each server tells the guests of all',
  changes: [
    {
      file: 'announce.ts',
      from: `    io.local.emit('user left'`,
      to: `    io.emit('user left'`,
    },
  ],
  fails: 'it is one list of people: each hears once who comes, and once who leaves',
  says: 'hears once that ann has joined',
} satisfies Wrong
