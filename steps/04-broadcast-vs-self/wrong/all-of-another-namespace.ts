import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'io.emit, which talks to everybody in the namespace / and to nobody in /test',
  changes: [
    {
      file: 'server.ts',
      from: `if (line) test.emit('display_message', line)`,
      to: `if (line) io.emit('display_message', line)`,
    },
  ],
  fails: 'to all: everybody hears it',
  says: 'Expected: ben hears "hello".  Saw: nobody did.',
} satisfies Wrong
