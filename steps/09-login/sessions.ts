import { randomBytes } from 'node:crypto'
import session, { Store, type Session, type SessionData } from 'express-session'
import { database } from './database.ts'

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

type Done = (error?: unknown) => void

/** Where express-session keeps its sessions. In memory, as it does by default, a restart would log everybody out. */
class DatabaseStore extends Store {
  readonly #get = database.prepare<[string, number], { content: string }>(
    'SELECT content FROM sessions WHERE id = ? AND expires_at > ?',
  )
  readonly #set = database.prepare('INSERT OR REPLACE INTO sessions VALUES (?, ?, ?)')
  readonly #destroy = database.prepare('DELETE FROM sessions WHERE id = ?')
  readonly #expire = database.prepare('DELETE FROM sessions WHERE expires_at <= ?')

  override get(id: string, found: (error: unknown, session?: SessionData | null) => void) {
    const row = this.#get.get(id, Date.now())
    found(undefined, row ? JSON.parse(row.content) : null)
  }

  override set(id: string, content: SessionData, done: Done = () => {}) {
    const { expires } = content.cookie
    this.#expire.run(Date.now())
    this.#set.run(id, JSON.stringify(content), expires ? Number(new Date(expires)) : Date.now() + lifetimeMs)
    done()
  }

  override destroy(id: string, done: Done = () => {}) {
    this.#destroy.run(id)
    done()
  }
}

/** Finds the session of a request by its cookie. Express and Socket.IO use this very same one. */
export const sessions = session({
  name: 'session',
  secret: process.env.SESSION_SECRET || keptSecret(),
  store: new DatabaseStore(),
  resave: false,
  saveUninitialized: false, // who only looks at the door gets no cookie
  cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', maxAge: lifetimeMs },
})

/** Cookies are signed with it, so it has to be the same after a restart. */
function keptSecret(): string {
  const fresh = randomBytes(32).toString('base64url')
  database.prepare("INSERT OR IGNORE INTO secrets VALUES ('session', ?)").run(fresh)
  const row = database
    .prepare<[], { value: string }>("SELECT value FROM secrets WHERE name = 'session'")
    .get()
  return row?.value ?? fresh
}
