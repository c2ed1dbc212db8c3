import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, Migrator, sql, SqliteDialect, type Transaction } from 'kysely'
import { openPostgres } from './database-postgres.ts'
import { migrationsFor } from './migrations.ts'

// Takes a chat's file along: all that is in a chat.db of steps 8 to 18 is copied into an empty Postgres. Run it as a program:
//   npx tsx steps/18-many-servers/to-postgres.ts .data/work/chat.db postgres://user:password@host:5432/database
// Without the second word it takes DATABASE_URL.
// The file stays as it is. Either all of it is in Postgres afterwards, or nothing.

const atOnce = 500 // rows in one insert

/** Those that others refer to come first. */
const tables = [
  'accounts',
  'sessions',
  'secrets',
  'rooms',
  'room_members',
  'messages',
  'direct_messages',
  'posts',
  'boards_seen',
  'attempts',
] as const
const withNumbers = new Set<string>(['accounts', 'rooms', 'messages', 'direct_messages', 'posts'])

const [file, url = process.env.DATABASE_URL] = process.argv.slice(2)
if (!file || !url) {
  giveUp(
    'It needs a file, and the address of a Postgres: behind the file, or in DATABASE_URL.',
    'For example:  npx tsx steps/18-many-servers/to-postgres.ts .data/work/chat.db postgres://user:password@host:5432/database',
  )
}

const folder = mkdtempSync(join(tmpdir(), 'to-postgres-'))
const copy = copyOf(file, join(folder, 'chat.db'))
const from = new Kysely<unknown>({ dialect: new SqliteDialect({ database: copy }) })
const to = openPostgres(url)
try {
  await migrate(from, false)
  await migrate(to, true)
  const counts = await to.transaction().execute(take)
  for (const [table, count] of counts) console.log(`${table}  ${count}`)
} catch (error) {
  process.exitCode = 1
  console.error(`Nothing was taken along: ${error instanceof Error ? error.message : error}`)
} finally {
  await from.destroy()
  await to.destroy()
  rmSync(folder, { recursive: true, force: true })
}

/** A copy as it is at this moment, also while a chat writes into the file. */
function copyOf(source: string, target: string): Database.Database {
  try {
    const original = new Database(source, { readonly: true, fileMustExist: true })
    original.prepare('VACUUM INTO ?').run(target)
    original.close()
    return new Database(target)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    return giveUp(
      `${source} cannot be read: ${error instanceof Error ? error.message : error}`,
      'Is it a chat.db?',
    )
  }
}

async function migrate(database: Kysely<unknown>, isPostgres: boolean) {
  const provider = { getMigrations: async () => migrationsFor(isPostgres) }
  const { error } = await new Migrator({ db: database, provider }).migrateToLatest()
  if (error !== undefined) throw error instanceof Error ? error : new Error(String(error))
}

/** @returns how many rows of each table are in Postgres now, which is as many as in the file */
async function take(on: Transaction<unknown>): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: number }>`SELECT id FROM accounts LIMIT 1`.execute(on)
  if (rows.length > 0) throw new Error('there are accounts in this Postgres already. Take an empty database.')
  await sql`DELETE FROM rooms`.execute(on) // General, which comes along
  const counts = new Map<string, number>()
  for (const table of tables) counts.set(table, await takeTable(table, on))
  return counts
}

async function takeTable(table: string, on: Transaction<unknown>): Promise<number> {
  const all = copy.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all()
  const columns = copy.pragma(`table_info(${table})`) as { name: string }[]
  const names = sql.join(columns.map(({ name }) => sql.ref(name)))
  for (let index = 0; index < all.length; index += atOnce) {
    const lines = all
      .slice(index, index + atOnce)
      .map((row) => sql`(${sql.join(columns.map(({ name }) => allowed(row[name])))})`)
    await sql`INSERT INTO ${sql.table(table)} (${names}) VALUES ${sql.join(lines)}`.execute(on)
  }
  if (withNumbers.has(table)) await goOn(table, on)
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM ${sql.table(table)}`.execute(on)
  const count = Number(rows[0]?.count)
  if (count !== all.length) throw new Error(`${table} has ${all.length} rows, and ${count} arrived`)
  return count
}

/** A number that was given once is never given again, and that of a room which is gone is none either. */
async function goOn(table: string, on: Transaction<unknown>) {
  const last = copy
    .prepare<[string], { seq: number }>('SELECT seq FROM sqlite_sequence WHERE name = ?')
    .get(table)
  if (last) await sql`SELECT setval(pg_get_serial_sequence(${table}, 'id'), ${last.seq})`.execute(on)
}

/** Postgres keeps every character but NUL. */
function allowed(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value
}

function giveUp(problem: string, next: string): never {
  console.error(problem)
  console.error(next)
  process.exit(1)
}
