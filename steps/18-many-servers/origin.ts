import { isIP } from 'node:net'
import type { IncomingMessage } from 'node:http'

/**
 * Whether a request comes from a page of this very server. A browser says where a form or a WebSocket comes from, and a page
 * cannot make it say something else. Programs that are no browser say nothing, and have nobody's cookie.
 */
export function isOurs({ headers: { origin, host } }: IncomingMessage): boolean {
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  const page = new URL(origin)
  return page.host === host && (page.protocol === 'https:' || isNear(page.hostname))
}

/**
 * Whether a name cannot be made to lead here by somebody else. The owner of a name on the internet can point it at this
 * machine (DNS rebinding): then a page of theirs has the Host that it asks for. Over https that does not work: they have
 * no certificate for what answers here.
 */
function isNear(name: string): boolean {
  return isIP(name.replace(/^\[|\]$/g, '')) > 0 || !name.includes('.') || /\.(local|localhost)$/.test(name)
}
