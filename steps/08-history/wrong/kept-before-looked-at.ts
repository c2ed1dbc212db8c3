import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'each message is kept, and then it is looked at',
  changes: [
    {
      file: 'server.ts',
      from: `    if (!isText(message))`,
      to: `    keep.run(username, String(message), Date.now())
    if (!isText(message))`,
    },
    {
      file: 'server.ts',
      from: `    keep.run(username, message, Date.now()) // first of all: what is announced must not be forgotten
`,
      to: '',
    },
  ],
  fails: 'only messages are kept, whatever is in them',
  says: 'before it is known to be one',
} satisfies Wrong
