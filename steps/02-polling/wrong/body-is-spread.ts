import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the body is checked, so it may be spread into the message: an id that the guest sends along wins',
  changes: [
    {
      file: 'server.ts',
      from: `const message = { id: ++lastId, text }`,
      to: `const message = { id: ++lastId, ...request.body }`,
    },
  ],
  fails: 'after= gives only what is newer',
  says: 'what goes into a message: its text alone, or all of request.',
} satisfies Wrong
