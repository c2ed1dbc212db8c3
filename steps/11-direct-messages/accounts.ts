import { randomUUID } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import express, { type Request, type Router } from 'express'
import { z } from 'zod'
import { attempt, forgive } from './attempts.ts'
import { database } from './database.ts'
import type { Person } from './events.ts'
import { loginForm, registerForm } from './forms.ts'

// One guess costs this much memory and, on a laptop, 25 ms: for us nothing, for ten million guesses three days.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } // KiB, rounds, lanes

const registration = z.object(
  {
    username: z
      .string('A username is a text.')
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9._-]{1,30}$/, 'A username has 1 to 30 letters from a to z, digits, dots, - and _.'),
    displayName: z
      .string('A display name is a text.')
      .trim()
      .min(1, 'A display name has 1 to 14 characters.')
      .max(14, 'A display name has 1 to 14 characters.'),
    password: z
      .string('A password is a text.')
      .min(8, 'A password has 8 to 200 characters.')
      .max(200, 'A password has 8 to 200 characters.'),
  },
  'A form has a username, a display name and a password.',
)
const credentials = z.object({
  username: z.string().trim().toLowerCase().max(30),
  password: z.string().max(200),
})
const typed = z.object({ username: z.string().optional(), displayName: z.string().optional() }).catch({})

// The database decides who was first: between a look and an insert, somebody else may have come.
const insert = database.prepare<[string, string, string, string], { id: number }>(
  `INSERT INTO accounts (username, display_name, display_key, password_hash) VALUES (?, ?, ?, ?)
   ON CONFLICT DO NOTHING RETURNING id`,
)
const byUsername = database.prepare<[string], { id: number; password_hash: string }>(
  'SELECT id, password_hash FROM accounts WHERE username = ?',
)
const byId = database.prepare<[number], Person>(
  'SELECT id, display_name AS username FROM accounts WHERE id = ?',
)

// Whoever asks for a name that does not exist waits as long as anybody else, or the time would tell.
const nobodysHash = hash(randomUUID(), cost)

/** Who this session belongs to: the only place where anybody's identity comes from. */
export function personOf({ accountId }: { accountId?: number }): Person | undefined {
  return accountId === undefined ? undefined : byId.get(accountId)
}

/**
 * The pages that let people in and out.
 *
 * @param cut is told the id of each session that has ended
 */
export function accounts(cut: (sessionId: string) => void): Router {
  const router = express.Router()

  router.get('/register', (_request, response) => void response.send(registerForm()))

  router.post('/register', async (request, response) => {
    const { success, data, error } = registration.safeParse(request.body)
    const again = (problem?: string) => registerForm({ ...typed.parse(request.body), problem })
    if (!success) return void response.status(400).send(again(error.issues[0]?.message))
    const { username, displayName } = data
    const passwordHash = await hash(data.password, cost)
    const account = insert.get(username, displayName, keyOf(displayName), passwordHash)
    if (!account) {
      const taken = byUsername.get(username)
        ? `The username ${username} is taken.`
        : `Somebody is called ${displayName} already.`
      return void response.status(409).send(again(taken))
    }
    await enter(request, account.id)
    response.redirect(303, '/')
  })

  router.get('/login', (request, response) => {
    const { flash } = request.session
    delete request.session.flash
    response.send(loginForm({ flash }))
  })

  router.post('/login', async (request, response) => {
    const { username, password } = credentials.catch({ username: '', password: '' }).parse(request.body)
    const again = (problem: string) => loginForm({ username, problem })
    const waitMs = attempt(username)
    if (waitMs > 0) {
      const minutes = Math.ceil(waitMs / 60_000)
      response.set('Retry-After', String(minutes * 60))
      return void response.status(429).send(again(`Too many attempts: try again in ${minutes} minutes.`))
    }
    const account = byUsername.get(username)
    const isRight = await verify(account?.password_hash ?? (await nobodysHash), password)
    if (!account || !isRight) return void response.status(401).send(again('Wrong username or password.'))
    forgive(username)
    await enter(request, account.id)
    response.redirect(303, '/')
  })

  router.post('/logout', async (request, response) => {
    await renew(request)
    request.session.flash = 'You are logged out.'
    response.redirect(303, '/login')
  })

  /** With a new session: the old one's id may be known to somebody who planted it. */
  async function enter(request: Request, accountId: number) {
    await renew(request)
    request.session.accountId = accountId
  }

  async function renew(request: Request) {
    const old = request.sessionID
    await new Promise<void>((resolve, reject) => {
      request.session.regenerate((error: unknown) => (error ? reject(error) : resolve()))
    })
    cut(old)
  }

  return router
}

function keyOf(displayName: string): string {
  return displayName.normalize('NFKC').toLowerCase()
}
