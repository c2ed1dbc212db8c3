import { need } from './not-yet.ts'
import type { Visitor } from './visitor.ts'

/** Everybody's password in a check. */
export const password = 'correct horse 8'

/**
 * Makes an account for this visitor, by the form of step 8 and all later ones, and so logs them in.
 *
 * @param displayName what the others see; the username is made of it
 * @returns the username
 * @throws NotYet when the form does not let them in
 */
export async function register(visitor: Visitor, displayName = visitor.name): Promise<string> {
  const username = displayName.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  const reply = await visitor.submit('/register', { username, displayName, password })
  need(reply.status === 303 && reply.location === '/', {
    expected: `registering as ${displayName} is answered with 303 and leads to /`,
    saw: `${reply.status} ${reply.location}`.trim(),
    look: "accounts.ts — router.post('/register'): keep the account, enter, and redirect(303, '/')",
  })
  return username
}
