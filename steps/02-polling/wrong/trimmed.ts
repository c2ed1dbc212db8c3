import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the text is trimmed to see whether it is empty, and the trimmed one is kept',
  changes: [{ file: 'server.ts', from: '{ id: ++lastId, text }', to: '{ id: ++lastId, text: text.trim() }' }],
  fails: 'what Ann posts, Ben gets',
  says: 'trim() helps to find an empty text',
} satisfies Wrong
