import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page says that it lost its connection, and not that it never had one',
  changes: [
    {
      file: 'page/client.ts',
      from: `
socket.on('connect_error', () => view.note('reconnecting…'))`,
      to: '',
    },
  ],
  fails: 'a page that was cut off keeps what is typed, and comes back by itself',
  says: "what does the page do on 'connect_error'?",
} satisfies Wrong
