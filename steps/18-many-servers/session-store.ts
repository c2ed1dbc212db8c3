import { randomBytes } from 'node:crypto'
import { Store, type SessionData } from 'express-session'
import { sql } from 'kysely'
import { all, first } from './database.ts'

const cleanEveryMs = 60_000
const touchEveryMs = 60 * 60_000 // A session that is used lives on; to the hour is exact enough.

type Done = (error?: unknown) => void

/** Where express-session keeps its sessions: in the database, where each server finds them. */
export class DatabaseStore extends Store {
  readonly #lifetimeMs: number
  #cleanedAt = 0

  /** @param lifetimeMs of a session whose cookie says nothing */
  constructor(lifetimeMs: number) {
    super()
    this.#lifetimeMs = lifetimeMs
  }

  override get(id: string, found: (error: unknown, session?: SessionData | null) => void) {
    contentOf(id).then((content) => found(undefined, content), found)
  }

  override set(id: string, content: SessionData, done: Done = () => {}) {
    this.#keep(id, content).then(() => done(), done)
  }

  override touch(id: string, content: SessionData, done: Done = () => {}) {
    this.#prolong(id, content).then(() => done(), done)
  }

  override destroy(id: string, done: Done = () => {}) {
    all(sql`DELETE FROM sessions WHERE id = ${id}`).then(() => done(), done)
  }

  async #keep(id: string, content: SessionData) {
    const now = Date.now()
    if (now - this.#cleanedAt > cleanEveryMs) {
      this.#cleanedAt = now
      await all(sql`DELETE FROM sessions WHERE expires_at <= ${now}`)
    }
    await all(
      sql`INSERT INTO sessions (id, content, expires_at)
        VALUES (${id}, ${JSON.stringify(content)}, ${this.#expiry(content)})
        ON CONFLICT (id) DO UPDATE SET content = excluded.content, expires_at = excluded.expires_at`,
    )
  }

  async #prolong(id: string, content: SessionData) {
    const row = await sessionOf(id)
    const expiry = this.#expiry(content)
    if (!row || expiry - row.expires_at <= touchEveryMs) return
    await all(sql`UPDATE sessions SET expires_at = ${expiry} WHERE id = ${id}`)
  }

  #expiry({ cookie: { expires } }: SessionData): number {
    return expires ? Number(new Date(expires)) : Date.now() + this.#lifetimeMs
  }
}

function sessionOf(id: string) {
  return first(
    sql<{ content: string; expires_at: number }>`SELECT content, expires_at FROM sessions
      WHERE id = ${id} AND expires_at > ${Date.now()}`,
  )
}

async function contentOf(id: string): Promise<SessionData | null> {
  const row = await sessionOf(id)
  return row ? JSON.parse(row.content) : null
}

/** Cookies are signed with it, so it has to be the same after a restart, and on each server. */
export async function keptSecret(): Promise<string> {
  const fresh = randomBytes(32).toString('base64url')
  await all(sql`INSERT INTO secrets (name, value) VALUES ('session', ${fresh}) ON CONFLICT DO NOTHING`)
  const row = await first(sql<{ value: string }>`SELECT value FROM secrets WHERE name = 'session'`)
  return row?.value ?? fresh
}
