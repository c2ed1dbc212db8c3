import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'count goes up first, and what was said is looked at afterwards',
  changes: [
    {
      file: 'server.ts',
      from: 'if (isText(message?.data)) return { data: message.data, count: ++count }',
      to: `count += 1
    if (isText(message?.data)) return { data: message.data, count }`,
    },
  ],
  fails: 'nonsense is refused, and not counted',
  says: 'when does count go up',
} satisfies Wrong
