import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'send() of a string is HTML, unless somebody says that it is not',
  changes: [{ file: 'server.ts', from: ".type('text')", to: '' }],
  fails: 'anything else is 404, in words',
  says: "if type('text') does not come before it?",
} satisfies Wrong
