import type { Right } from '#shared/check/wrong'

export default {
  story:
    'the door is a handler for all paths, the forms have a router of their own, the login answers in one branch, logging out always begins anew',
  changes: [
    {
      file: 'server.ts',
      from: `app.use(sessions)
app.use(express.urlencoded({ extended: false, limit: '10kb' }))
app.use(register(), accounts())

app.get('/', (request, response, next) => {
  if (personOf(request.session)) next()
  else response.redirect(303, '/login')
})
`,
      to: `const door = express.Router()
door.use(express.urlencoded({ extended: true, limit: 8_000 }), sessions, accounts(), register())
door.use((request, response, next) => {
  const isIn = personOf(request.session) !== undefined
  if (request.path === '/' && !isIn) return response.status(303).location('/login').end()
  next()
})
app.use(door)
`,
    },
    {
      file: 'accounts.ts',
      from: `    const account = accountOf(username)
    const isRight = await isPassword(password, account?.passwordHash)
    if (!account || !isRight) return void response.status(401).send(again('Wrong username or password.'))
    forgive(username)
    await renew(request, { accountId: account.id })
    response.redirect(303, '/')
`,
      to: `    const account = accountOf(username)
    if ((await isPassword(password, account?.passwordHash)) && account) {
      await renew(request, { accountId: account.id })
      forgive(username)
      return void response.redirect(303, '/')
    }
    response.statusCode = 401
    response.send(again('That is not right.'))
`,
    },
    {
      file: 'accounts.ts',
      from: `    if (request.session.accountId !== undefined) await renew(request, { flash: 'You are logged out.' })
    response.redirect(303, '/login')
`,
      to: `    const { accountId } = request.session
    if (accountId) await renew(request, { flash: 'You are logged out, good-bye.' })
    response.status(303).set('Location', '/login').end()
`,
    },
  ],
} satisfies Right
