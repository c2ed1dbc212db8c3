import express, { type Router } from 'express'
import { attempt, forgive } from './attempts.ts'
import { credentials, loginForm } from './forms.ts'
import { isPassword } from './passwords.ts'
import { accountOf } from './people.ts'
import { flashOf, renew } from './sessions.ts'

/** The pages that let people in and out. */
export function accounts(): Router {
  const router = express.Router()

  router.get('/login', (request, response) => {
    response.send(loginForm({}, { flash: flashOf(request) }))
  })

  router.post('/login', async (request, response) => {
    const { username, password } = credentials.parse(request.body)
    const again = (problem: string) => loginForm({ username }, { problem })
    const minutes = await attempt(username)
    if (minutes > 0) {
      response.status(429).set('Retry-After', String(minutes * 60))
      return void response.send(again(`Too many attempts: try again in ${minutes} minutes.`))
    }
    const account = await accountOf(username)
    const isRight = await isPassword(password, account?.passwordHash)
    if (!account || !isRight) return void response.status(401).send(again('Wrong username or password.'))
    await forgive(username)
    await renew(request, { accountId: account.id })
    response.redirect(303, '/')
  })

  router.post('/logout', async (request, response) => {
    if (request.session.accountId !== undefined) await renew(request, { flash: 'You are logged out.' })
    response.redirect(303, '/login')
  })

  return router
}
