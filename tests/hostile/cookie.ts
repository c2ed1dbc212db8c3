import { password } from '#shared/check/account'

/**
 * The cookie of an account that is made for it, by the form of step 8 and all later ones.
 *
 * @throws Error when the form lets nobody in
 */
export async function cookieOf(url: string, name = 'ann'): Promise<string> {
  const body = new URLSearchParams({ username: name, displayName: name, password })
  const reply = await fetch(`${url}/register`, { method: 'POST', body, redirect: 'manual' })
  if (reply.status !== 303) throw new Error(`registering ${name} was answered with ${reply.status}`)
  return reply.headers.getSetCookie().join('; ')
}
