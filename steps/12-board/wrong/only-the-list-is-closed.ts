import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the list is behind the login, so nobody could come to the forms',
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
      from: '  return personOf(session)!',
      to: `  return personOf(session) ?? { id: 1, username: 'guest' }`,
    },
  ],
  fails: 'nobody comes near the board without a login',
  says: 'above all routes',
} satisfies Wrong
