import express, { type Router } from 'express'
import { registerForm, registration } from './forms.ts'
import { hashOf } from './passwords.ts'
import { accountOf, addAccount } from './people.ts'
import { renew } from './sessions.ts'

/** The page that makes an account, and lets its owner in. */
export function register(): Router {
  const router = express.Router()

  router.get('/register', (_request, response) => void response.send(registerForm({})))

  router.post('/register', async (request, response) => {
    const { data, error } = registration.safeParse(request.body)
    const again = (problem?: string) => registerForm(request.body, { problem })
    if (error) return void response.status(400).send(again(error.issues[0]?.message))
    const { username, displayName, password } = data
    const id = await addAccount(username, displayName, await hashOf(password))
    if (id === undefined) {
      const taken = (await accountOf(username))
        ? `The username ${username}`
        : `The display name ${displayName}`
      return void response.status(409).send(again(`${taken} is taken.`))
    }
    await renew(request, { accountId: id })
    response.redirect(303, '/')
  })

  return router
}
