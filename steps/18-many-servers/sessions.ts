import { EventEmitter } from 'node:events'
import type { Request } from 'express'
import session, { type Session, type SessionData } from 'express-session'
import { DatabaseStore, keptSecret } from './session-store.ts'

const lifetimeMs = 7 * 24 * 60 * 60 * 1_000

declare module 'express-session' {
  interface SessionData {
    /** whose it is, once somebody has logged in */
    accountId?: number
    /** a sentence for the next page alone */
    flash?: string
  }
}
declare module 'node:http' {
  interface IncomingMessage {
    session: Session & Partial<SessionData>
    sessionID: string
  }
}

/** Says which session has ended, by its id. */
export const endings = new EventEmitter<{ ended: [sessionId: string] }>()

/** Finds the session of a request by its cookie. Express and Socket.IO use this very same one. */
export const sessions = session({
  name: 'session',
  secret: process.env.SESSION_SECRET || (await keptSecret()),
  store: new DatabaseStore(lifetimeMs),
  resave: false,
  rolling: true, // who comes every day is never logged out
  saveUninitialized: false, // who only looks at the door gets no cookie
  cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', maxAge: lifetimeMs },
})

/**
 * Begins a new session, with a new id, and ends the old one.
 *
 * @param content what the new one knows
 * @throws the database's error when it cannot be kept
 */
export async function renew(request: Request, content: Partial<SessionData>): Promise<void> {
  const { sessionID } = request
  await done((callback) => request.session.regenerate(callback))
  Object.assign(request.session, content)
  await done((callback) => request.session.save(callback))
  endings.emit('ended', sessionID)
}

/** Takes the sentence for this page out of the session. */
export function flashOf(request: Request): string | undefined {
  const { flash } = request.session
  delete request.session.flash
  return flash
}

function done(start: (callback: (error: unknown) => void) => void) {
  return new Promise<void>((resolve, reject) => start((error) => (error ? reject(error) : resolve())))
}
