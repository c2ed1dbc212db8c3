import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the list is behind the login, so who could come to the forms',
  changes: [
    {
      file: 'board.ts',
      from: `  router.use((request, response, next) => {
    if (personOf`,
      to: `  router.get('/', (request, response, next) => {
    if (personOf`,
    },
    {
      file: 'board.ts',
      from: `  if (!person) throw new Error('This page is behind the login.')
  return person`,
      to: "  return person ?? { id: 1, username: 'guest' }",
    },
  ],
  fails: 'nobody comes near the board without a login',
  says: 'above all routes',
} satisfies Wrong
