import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'at 500 there is room for one more, and >= says that there is none',
  changes: [
    { file: 'server.ts', from: 'messages.length > mostMessages', to: 'messages.length >= mostMessages' },
  ],
  fails: 'the newest 500 messages are kept',
  says: '499 messages',
} satisfies Wrong
