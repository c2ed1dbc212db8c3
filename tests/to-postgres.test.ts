import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { Client } from 'pg'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { newAccount } from '#shared/check/account'
import { Tab } from '#shared/check/tab'
import { findStep, firstWithServers, root } from '#shared/course/course'
import { run, type Program } from '#shared/run/run'
import { howToInstall } from '#shared/run/services/several'
import { startPostgres } from '#shared/run/services/postgres'
import { temporaryFolder } from './support/folders.ts'

// A learner's file of step 17 goes along to Postgres.

const several = findStep(String(firstWithServers))
const [people, messages] = [500, 10_000]
const questionSeconds = 5 // statement_timeout in database-postgres.ts
const lockOfMigrations = '3853314791062309107' // kysely's
const postgres = await startPostgres()
if (!postgres && process.env.CI) throw new Error(`There is no Postgres: ${howToInstall}`)
afterAll(() => postgres?.stop())

test('500 people, 10,000 messages, rooms and sessions go along, and the chat goes on with them', async ({
  skip,
}) => {
  if (!postgres) return skip(`there is no Postgres: ${howToInstall.replaceAll('\n', ' · ')}`)
  const folder = await temporaryFolder()
  const before = await start(findStep('17').dir, { DATA_DIR: folder })
  const cookie = (await newAccount(before.url, 'ann'))!
  const tab = await Tab.open(before.url, cookie)
  const piano = Number((await tab.ask('create room', 'Piano')).id)
  const gone = Number((await tab.ask('create room', 'Soon gone')).id)
  await tab.ask('leave room', gone) // It was the last one who left.
  tab.close()
  await before.stop()
  const file = join(folder, 'chat.db')
  fill(file, piano)

  const words = [join(root, 'commands', 'cli.mjs'), 'to-postgres', file, postgres.url]
  const take = () => promisify(execFile)(process.execPath, words)
  const { stdout } = await take()
  expect(stdout).toContain(`accounts  ${people + 1}\n`)
  expect(stdout).toContain(`messages  ${messages}\n`)

  const client = new Client({ connectionString: postgres.url })
  await client.connect()
  onTestFinished(() => client.end())
  const source = new Database(file, { readonly: true })
  onTestFinished(() => void source.close())
  const compared: string[] = []
  for (const { name } of source
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .all()) {
    const rows = source.prepare<[], Record<string, unknown>>(`SELECT * FROM ${name}`).all()
    const { rows: arrived } = await client.query(`SELECT * FROM ${name}`)
    expect([name, ...arrived.map(inOrder).toSorted()]).toEqual([name, ...rows.map(inOrder).toSorted()])
    compared.push(name)
  }
  expect(compared).toEqual(expect.arrayContaining(['accounts', 'messages', 'room_members', 'sessions']))

  // A second time there is somebody already, and nothing is touched.
  await expect(take()).rejects.toMatchObject({
    stderr: expect.stringMatching(/^Nothing was taken along: there are accounts/),
  })
  const { rows: again } = await client.query('SELECT count(*) AS count FROM messages')
  expect(Number(again[0].count)).toBe(messages)

  const after = await start(several.dir, { DATABASE_URL: postgres.url })
  const back = await Tab.open(after.url, cookie) // still logged in
  expect(await back.ask('new message', { room: piano, message: 'in Postgres' })).toMatchObject({
    ok: true,
    id: messages + 1,
  })
  const history = await back.ask('room history', piano)
  expect(Object(history.messages).at(-2)).toMatchObject({ id: messages, message: `number ${messages}` })
  const { id: next } = await back.ask('create room', 'Bicycle')
  expect(Number(next)).toBeGreaterThan(gone) // A number that was given once is never given again.
  back.close()
})

test('a server waits for the migration of another one, for longer than a question may take', async ({
  skip,
}) => {
  if (!postgres) return skip(`there is no Postgres: ${howToInstall.replaceAll('\n', ' · ')}`)
  const client = new Client({ connectionString: postgres.url })
  await client.connect()
  onTestFinished(() => client.end())
  await client.query('CREATE DATABASE migrated')
  const other = new Client({ connectionString: postgres.url.replace(/postgres$/, 'migrated') })
  await other.connect()
  onTestFinished(() => other.end())
  await other.query(`SELECT pg_advisory_lock(${lockOfMigrations})`)
  const started = start(several.dir, { DATABASE_URL: postgres.url.replace(/postgres$/, 'migrated') })
  const waited = async () => {
    const { rows } = await client.query(
      `SELECT max(extract(epoch FROM clock_timestamp() - query_start)) AS seconds
        FROM pg_stat_activity WHERE datname = 'migrated' AND wait_event = 'advisory'`,
    )
    return Number(rows[0].seconds)
  }
  await Promise.race([started, expect.poll(waited, { timeout: 60_000 }).toBeGreaterThan(questionSeconds)])
  await other.query(`SELECT pg_advisory_unlock(${lockOfMigrations})`)
  await expect(started).resolves.toBeDefined()
})

/** Puts people and messages into a file of step 17, where a chat would need hours. */
function fill(file: string, room: number) {
  const database = new Database(file)
  const account = database.prepare(
    "INSERT INTO accounts (username, display_name, display_key, password_hash) VALUES (?, ?, ?, 'none')",
  )
  const said = database.prepare(
    'INSERT INTO messages (room_id, from_id, key, username, message, at) VALUES (?, ?, ?, ?, ?, ?)',
  )
  database.transaction(() => {
    for (let index = 1; index <= people; index++) account.run(`p${index}`, `P${index}`, `p${index}`)
    for (let index = 1; index <= messages; index++) {
      const who = 2 + (index % people)
      said.run(
        index % 2 ? 1 : room,
        who,
        `key ${index}`,
        `P${who - 1}`,
        `number ${index}`,
        1_700_000_000_000 + index,
      )
    }
  })()
  database.close()
}

/** A row as one text: Postgres gives large numbers as texts, and columns in another order. */
function inOrder(row: Record<string, unknown>): string {
  return Object.entries(row)
    .map(([name, value]) => `${name}=${value === null ? 'nothing' : String(value)}`)
    .toSorted()
    .join(' ')
}

async function start(dir: string, env: Record<string, string>): Promise<Program> {
  const program = await run(dir, { compiled: true, patienceMs: 90_000, env })
  onTestFinished(async () => void (await program.stop()))
  return program
}
