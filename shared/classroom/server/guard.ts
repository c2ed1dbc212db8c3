import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import { portInCodespace } from '../../serve/codespace.ts'
import { classroomMark } from '../../share/watch-chat.ts'

const local = /^((wire\.)?localhost|127\.0\.0\.1|\[::1\]):\d+$/

const inCodespace = [
  'This page runs programs and changes files, so it answers at its own machine’s address alone, and not at a public one.',
  'To see it: open the Codespace in VS Code on your laptop, which brings its ports to your localhost. Type there:  gh codespace code',
  'The chat works here all the same:  npm run work 1  and its checks:  npm run check 1',
].join('\n')

/**
 * Lets nobody in but this machine's own pages. The server listens on 127.0.0.1 alone; but a page from anywhere can ask a
 * browser on this machine to go there, and a name of its own can be made to point there (DNS rebinding).
 *
 * - Host must be this machine's own name: a rebound name is another one.
 * - Origin, where a browser sends one, must be this very address: the learner's chat on port 3000 is another one.
 * - Sec-Fetch-Site, where a browser sends it, must not be another site's, not even for what is only read.
 * - What changes something must carry JSON, which no form of another page can send without asking first.
 */
export const guard: RequestHandler = (request, response, next) => {
  const why = whyRefused(request)
  if (why !== undefined) return void response.status(403).type('text').send(`${why}\n`)
  if (!['GET', 'HEAD'].includes(request.method) && !request.is('application/json')) {
    response.status(415).type('text').send('What changes something comes as application/json.\n')
    return
  }
  next()
}

/** Why the {@link guard} lets a request not in, whatever it carries; undefined when it does. For an upgrade as well. */
export function whyRefused({ method, headers: asked }: IncomingMessage): string | undefined {
  const { host = '', origin } = asked
  const site = asked['sec-fetch-site'] ?? 'none'
  if (portInCodespace(host)) return inCodespace
  if (!local.test(host)) return `${JSON.stringify(host)} is not this machine's own name: use localhost.`
  // A link from anywhere may open the page itself; it cannot read what the page shows.
  const opens = method === 'GET' && asked['sec-fetch-mode'] === 'navigate'
  const isForeign = origin !== undefined && origin !== `http://${host}`
  if (isForeign || (!['same-origin', 'none'].includes(String(site)) && !opens)) {
    return 'Only the pages of the classroom itself may ask the classroom.'
  }
  return undefined
}

/**
 * What the browser may do on a page of the classroom: nothing from outside this machine. The learner's chat stands in a
 * frame, from another port. The classroom itself stands in none: a page around it could lay its own words over the
 * buttons, and so have them pressed.
 *
 * @param framedBy the pages around it that are allowed, `http://localhost:3200`, or `'self'` in its quotes; default none
 */
export const headers = (framedBy: readonly string[] = []): RequestHandler => {
  const ancestors = framedBy.length > 0 ? framedBy.join(' ') : "'none'"
  return (_request, response, next) => {
    response.set({
      [classroomMark]: 'yes', // npm run share looks for it, and shares no classroom
      'content-security-policy': [
        "default-src 'self'",
        "img-src 'self' data:",
        "style-src 'self' 'unsafe-inline'", // a row's place is in its style
        'frame-src http://localhost:* http://127.0.0.1:* http://*.wire.localhost:*',
        "connect-src 'self' http://wire.localhost:*", // does this browser know that name?
        `frame-ancestors ${ancestors}`,
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; '),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    next()
  }
}
