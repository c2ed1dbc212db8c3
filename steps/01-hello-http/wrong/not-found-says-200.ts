import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the words say that there is nothing, and the status says that all is well',
  changes: [{ file: 'server.ts', from: `response.status(404).type`, to: `response.type` }],
  fails: 'anything else is 404, in words',
  says: 'what is the status of an answer that does not set one?',
} satisfies Wrong
