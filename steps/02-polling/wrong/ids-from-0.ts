import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the place in the array is the id, so the first message has the number that means "I have none"',
  changes: [{ file: 'server.ts', from: 'id: ++lastId, text', to: 'id: messages.length, text' }],
  fails: 'what Ann posts, Ben gets',
  says: 'The id 0 is not above after=0',
} satisfies Wrong
