import { randomBytes } from 'node:crypto'
import { Store, type SessionData } from 'express-session'
import { database } from './database.ts'

const cleanEveryMs = 60_000
const touchEveryMs = 60 * 60_000 // A session that is used lives on; to the hour is exact enough.

type Done = (error?: unknown) => void

/** Where express-session keeps its sessions. In memory, as it does by default, a restart would log everybody out. */
export class DatabaseStore extends Store {
  readonly #get = database.prepare<[string, number], { content: string; expires_at: number }>(
    'SELECT content, expires_at FROM sessions WHERE id = ? AND expires_at > ?',
  )
  readonly #set = database.prepare('INSERT OR REPLACE INTO sessions VALUES (?, ?, ?)')
  readonly #touch = database.prepare('UPDATE sessions SET expires_at = ? WHERE id = ?')
  readonly #destroy = database.prepare('DELETE FROM sessions WHERE id = ?')
  readonly #clean = database.prepare('DELETE FROM sessions WHERE expires_at <= ?')
  readonly #lifetimeMs: number
  #cleanedAt = 0

  /** @param lifetimeMs of a session whose cookie says nothing */
  constructor(lifetimeMs: number) {
    super()
    this.#lifetimeMs = lifetimeMs
  }

  override get(id: string, found: (error: unknown, session?: SessionData | null) => void) {
    let row: { content: string } | undefined
    try {
      row = this.#get.get(id, Date.now())
    } catch (error) {
      return found(error)
    }
    found(undefined, row ? JSON.parse(row.content) : null)
  }

  override set(id: string, content: SessionData, done: Done = () => {}) {
    answer(done, () => {
      const now = Date.now()
      if (now - this.#cleanedAt > cleanEveryMs) {
        this.#cleanedAt = now
        this.#clean.run(now)
      }
      this.#set.run(id, JSON.stringify(content), this.#expiry(content))
    })
  }

  override touch(id: string, content: SessionData, done: Done = () => {}) {
    answer(done, () => {
      const row = this.#get.get(id, Date.now())
      const expiry = this.#expiry(content)
      if (row && expiry - row.expires_at > touchEveryMs) this.#touch.run(expiry, id)
    })
  }

  override destroy(id: string, done: Done = () => {}) {
    answer(done, () => this.#destroy.run(id))
  }

  #expiry({ cookie: { expires } }: SessionData): number {
    return expires ? Number(new Date(expires)) : Date.now() + this.#lifetimeMs
  }
}

/** express-session waits to be called back. An error that is thrown instead leaves the browser without an answer. */
function answer(done: Done, work: () => unknown) {
  try {
    work()
  } catch (error) {
    return done(error)
  }
  done()
}

/** Cookies are signed with it, so it has to be the same after a restart. */
export function keptSecret(): string {
  const fresh = randomBytes(32).toString('base64url')
  database.prepare("INSERT OR IGNORE INTO secrets VALUES ('session', ?)").run(fresh)
  const row = database
    .prepare<[], { value: string }>("SELECT value FROM secrets WHERE name = 'session'")
    .get()
  return row?.value ?? fresh
}
