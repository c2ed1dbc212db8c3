import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the guard stands below the routes, where no request gets any more',
  changes: [
    {
      file: 'board.ts',
      from: `  router.use((request, response, next) => {
    if (personOf(request.session)) next()
    else response.redirect(303, '/login')
  })

`,
      to: '',
    },
    {
      file: 'board.ts',
      from: `  router.use(ownPosts())
`,
      to: `  router.use((request, response, next) => {
    if (personOf(request.session)) next()
    else response.redirect(303, '/login')
  })
  router.use(ownPosts())
`,
    },
  ],
  fails: 'nobody comes near the board without a login',
  says: 'above all routes',
} satisfies Wrong
