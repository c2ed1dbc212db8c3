import { Kysely, Migrator, sql, type RawBuilder, type Transaction } from 'kysely'
import { openPostgres } from './database-postgres.ts'
import { openSqlite } from './database-sqlite.ts'
import { log } from './log.ts'
import { migrationsFor } from './migrations.ts'

/** What a query is sent to: the database, or a transaction in it. */
export type On = Kysely<unknown> | Transaction<unknown>

/** The database did not do what it was asked to: it may be locked, full, or away. The same may work later. */
export class DatabaseError extends Error {
  override name = 'DatabaseError'

  /** @param cause the driver's error. Its other fields may hold what somebody has said, so its message alone is taken over. */
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause))
  }
}

const migrationMs = 30 * 60_000 // An index on a large table takes longer than a question may, and the other servers wait for it.
const { DATABASE_URL: url } = process.env
const database: Kysely<unknown> = url ? openPostgres(url) : openSqlite()
await migrate()

/**
 * Asks the database.
 *
 * @param on a transaction: without it, a SQLite that has one connection waits for itself
 * @returns all rows of the answer
 * @throws DatabaseError when there is none
 */
export async function all<Row>(query: RawBuilder<Row>, on: On = database): Promise<Row[]> {
  try {
    return (await query.execute(on)).rows
  } catch (error) {
    throw new DatabaseError(error)
  }
}

/** The same, where one row is wanted: undefined when there is none. */
export async function first<Row>(query: RawBuilder<Row>, on: On = database): Promise<Row | undefined> {
  return (await all(query, on))[0]
}

/**
 * Does several things as one: all of them, or none. Only one such work of this name is under way at a time, on all servers
 * together: Postgres does several at once otherwise, and SQLite has one who writes anyway.
 *
 * @param name what is not to be done twice at once
 * @throws DatabaseError when it was not kept; and what the work throws
 */
export async function alone<Result>(
  name: string,
  work: (on: Transaction<unknown>) => Promise<Result>,
): Promise<Result> {
  let problem: unknown // the work's own, which is not the database's
  try {
    return await database.transaction().execute(async (on) => {
      if (url) await sql`SELECT pg_advisory_xact_lock(hashtext(${name}))`.execute(on) // given back when the transaction ends
      return work(on).catch((error: unknown) => {
        problem = error
        throw error
      })
    })
  } catch (error) {
    throw problem ?? new DatabaseError(error)
  }
}

/** Waits for what is under way, and closes the connections. */
export async function closeDatabase(): Promise<void> {
  await database.destroy()
}

/** Brings the tables to what this program needs. Of several servers that start at once, one does it, and the others wait. */
async function migrate() {
  const provider = { getMigrations: async () => migrationsFor(url !== undefined) }
  const db = url ? openPostgres(url, migrationMs) : database
  const { error, results = [] } = await new Migrator({ db, provider }).migrateToLatest()
  if (url) await db.destroy()
  for (const { migrationName, status } of results) log(`migration ${migrationName}: ${status}`)
  if (error === undefined) return
  console.error(`The database cannot be used: ${error instanceof Error ? error.message : error}`)
  console.error(
    url
      ? 'Does Postgres run at DATABASE_URL, and may this user make tables there?'
      : 'Move chat.db away, or set DATA_DIR to a folder that you may write to.',
  )
  process.exit(1)
}
