import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'off by one: the last message that Ben has comes again with each answer',
  changes: [{ file: 'server.ts', from: 'message.id > after', to: 'message.id >= after' }],
  fails: 'after= gives only what is newer',
  says: '["two","three"]',
} satisfies Wrong
