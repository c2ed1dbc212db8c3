import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { newAccount, registration } from '#shared/check/account'
import { lockDatabases } from '#shared/check/lock-databases'
import { steps } from '#shared/course/course'
import type { FreshProgram } from '#shared/run/run-fresh'
import { connectAs } from './gate/enter.ts'
import { saying } from './hostile/honest.ts'
import { messagesIn } from './support/messages-in.ts'
import { runStep } from './support/run-step.ts'

// What the world does to the file in which a chat keeps all: the program stays up, and says so to the one who asked.

const last = steps.at(-1)!
const busy = 'It could not be kept: try again.'
let program: FreshProgram | undefined
afterEach(() => program?.stop())

test('while another program writes into the file, who speaks is told, nobody hears it, and the rest goes on', async () => {
  program = await runStep(last)
  const ann = await connectAs(program.url, last, 'ann')
  const ben = await connectAs(program.url, last, 'ben')
  const heard: unknown[] = []
  ben.on('new message', ({ message }: { message: string }) => heard.push(message))
  const release = await lockDatabases(program.dataDir)
  expect(await ann.emitWithAck(...saying(last, 'not kept'))).toEqual({
    ok: false,
    error: busy,
    again: true,
  })
  expect((await fetch(`${program.url}/static/style.css`)).status).toBe(200)
  release()
  expect(await ann.emitWithAck(...saying(last, 'kept'))).toMatchObject({ ok: true })
  await expect.poll(() => heard).toEqual(['kept'])
  for (const socket of [ann, ben]) socket.disconnect()
})

test('who logs in, registers or logs out meanwhile gets an answer in words, and can do it later', async () => {
  program = await runStep(last)
  const { url } = program
  const cookie = (await newAccount(url, 'ann'))!
  const release = await lockDatabases(program.dataDir)
  const { username, password } = registration('ann')
  for (const [path, fields] of [
    ['/login', { username, password }],
    ['/register', registration('ben')],
  ] as const) {
    const response = await post(url + path, fields)
    expect([path, response.status, await response.text()]).toEqual([path, 500, busy])
  }
  expect((await post(`${url}/logout`, {}, cookie)).status).toBe(500)
  expect((await fetch(`${url}/login`)).status).toBe(200)
  release()
  expect((await post(`${url}/login`, { username, password })).status).toBe(303)
  expect(await newAccount(url, 'ben')).toBeDefined()
})

test('a file that is no database any more ends no program', async () => {
  program = await runStep(last)
  const { url } = program
  const ann = await connectAs(url, last, 'ann')
  spoil(program)
  ann.emit('typing', 1)
  const answer = await ann.emitWithAck(...saying(last, 'hello?'))
  expect(answer.ok === true || answer.error === busy).toBe(true) // what SQLite has read already, it may still write
  const { status } = await post(`${url}/register`, registration('ben'))
  expect([303, 500]).toContain(status)
  await fetch(`${url}/login`)
  expect(program.running).toBe(true)
  ann.disconnect()
})

test('when the disk is full, who speaks is told, nobody hears it, and all that was acknowledged is kept', async ({
  skip,
}) => {
  skip(!existsSync('/usr/bin/prlimit'), 'a full disk is played by prlimit, which Linux has')
  program = await runStep(last)
  const ann = await connectAs(program.url, last, 'ann')
  const ben = await connectAs(program.url, last, 'ben')
  const heard: unknown[] = []
  ben.on('new message', ({ message }: { message: string }) => heard.push(message))
  const full = statSync(join(program.dataDir, 'chat.db-wal')).size + 30_000
  execFileSync('prlimit', ['--pid', String(program.pid), `--fsize=${full}`])
  const acknowledged: string[] = []
  for (const n of Array.from({ length: 100 }).keys()) {
    const answer = await ann.emitWithAck(...saying(last, `message ${n}`))
    if (answer.ok) acknowledged.push(`message ${n}`)
    else expect(answer.error).toBe(busy)
  }
  expect(acknowledged.length).toBeLessThan(100)
  expect(messagesIn(program)).toEqual(acknowledged)
  await expect.poll(() => heard).toEqual(acknowledged)
  expect((await fetch(`${program.url}/login`)).status).toBe(200)
  for (const socket of [ann, ben]) socket.disconnect()
})

test('who comes every day is never logged out: each visit moves the end of the session', async () => {
  program = await runStep(last)
  const { url, dataDir } = program
  const cookie = (await newAccount(url, 'ann'))!
  const database = new Database(join(dataDir, 'chat.db'))
  const day = 24 * 60 * 60 * 1_000
  database.prepare('UPDATE sessions SET expires_at = ?').run(Date.now() + day)
  const response = await fetch(url, { headers: { cookie }, redirect: 'manual' })
  expect(response.status).toBe(200)
  expect(response.headers.getSetCookie().join()).toContain('Expires=')
  const row = database.prepare<[], { expires_at: number }>('SELECT expires_at FROM sessions').get()
  expect(row!.expires_at - Date.now()).toBeGreaterThan(6 * day)
  database.close()
})

test('sessions that are over are deleted at the next login, found by an index, and no other one is', async () => {
  program = await runStep(last)
  const { url, dataDir } = program
  const database = new Database(join(dataDir, 'chat.db'))
  const insert = database.prepare("INSERT INTO sessions (id, content, expires_at) VALUES (?, '{}', ?)")
  const now = Date.now()
  const hour = 60 * 60 * 1_000
  for (let index = 0; index < 100; index++) insert.run(`over ${index}`, now - hour)
  insert.run('not over', now + hour)
  await newAccount(url, 'ann')
  const ids = database.prepare<[], string>('SELECT id FROM sessions').pluck().all()
  expect(ids.filter((id) => id.startsWith('over'))).toEqual([])
  expect(ids).toContain('not over')
  expect(ids).toHaveLength(2) // and that of ann
  const plan = database
    .prepare<[number], { detail: string }>('EXPLAIN QUERY PLAN DELETE FROM sessions WHERE expires_at <= ?')
    .all(now)
  expect(plan.map(({ detail }) => detail).join()).toMatch(/^SEARCH sessions USING .*INDEX/)
  database.close()
})

/** Overwrites all that stands in the program's files. */
function spoil({ dataDir }: FreshProgram): void {
  for (const name of ['chat.db', 'chat.db-wal']) {
    const file = join(dataDir, name)
    writeFileSync(file, Buffer.alloc(statSync(file).size, 'no database '))
  }
}

function post(url: string, fields: Record<string, string>, cookie = ''): Promise<Response> {
  const body = new URLSearchParams(fields)
  return fetch(url, { method: 'POST', body, headers: { cookie }, redirect: 'manual' })
}
