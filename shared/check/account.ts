import { need } from './not-yet.ts'
import type { Visitor } from './visitor.ts'

/** Everybody's password in a check. */
export const password = 'correct horse 8'

/**
 * What the form of step 9 and all later ones asks for.
 *
 * @param displayName what the others see, up to 14 characters; the username is made of it
 */
export function registration(displayName: string) {
  const username = displayName.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return { username, displayName, password }
}

/**
 * Makes an account for this visitor, by the form of step 9 and all later ones, and so logs them in.
 *
 * @param displayName what the others see; the username is made of it
 * @returns the username
 * @throws NotYet when the form does not let them in
 */
export async function register(visitor: Visitor, displayName = visitor.name): Promise<string> {
  const fields = registration(displayName)
  const reply = await visitor.submit('/register', fields)
  need(reply.status === 303 && reply.location === '/', {
    expected: `registering as ${displayName} is answered with 303 and leads to /`,
    saw: `${reply.status} ${reply.location}`.trim(),
    look: "server.ts — app.use(): sessions, then urlencoded, then register(); register.ts — router.post('/register')",
  })
  return fields.username
}

/**
 * Makes an account where no check looks on, however long the program takes.
 *
 * @returns its cookie, `session=…`; undefined when somebody has that name already
 * @throws Error when the form answers anything else
 */
export async function newAccount(url: string, displayName: string): Promise<string | undefined> {
  const body = new URLSearchParams(registration(displayName))
  const reply = await fetch(`${url}/register`, { method: 'POST', body, redirect: 'manual' })
  await reply.text()
  if (reply.status === 409) return undefined
  if (reply.status !== 303) throw new Error(`registering ${displayName} was answered with ${reply.status}`)
  return reply.headers
    .getSetCookie()
    .map((line) => line.replace(/;.*/, ''))
    .join('; ')
}
