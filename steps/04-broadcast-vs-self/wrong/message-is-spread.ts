import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the message plus a count: whatever else a guest puts into it goes on to everybody',
  changes: [
    {
      file: 'server.ts',
      from: `return { data: message.data, count: ++count }`,
      to: `return { ...message, count: ++count }`,
    },
  ],
  fails: 'nonsense is refused, and not counted',
  says: 'the others get data and count, and nothing el',
} satisfies Wrong
