import type { IncomingMessage } from 'node:http'

/**
 * Whether a request comes from a page of this very server. A browser says where a form or a WebSocket comes from, and a page
 * cannot make it say something else. Programs that are no browser say nothing, and have nobody's cookie.
 */
export function isOurs({ headers: { origin, host } }: IncomingMessage): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
}
