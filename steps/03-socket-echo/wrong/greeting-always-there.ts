import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the type says that a greeting comes with every connect-ack, so it is read without a look',
  changes: [
    {
      file: 'server.ts',
      from: 'isText(greeting?.messages)',
      to: 'isText(greeting.messages)',
    },
  ],
  fails: 'nonsense is refused, with a reason',
  says: 'Your server stopped: TypeError',
} satisfies Wrong
