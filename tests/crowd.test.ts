import { join } from 'node:path'
import Database from 'better-sqlite3'
import { io, type Socket } from 'socket.io-client'
import { expect, test } from 'vitest'
import { password } from '#shared/check/account'
import { firstWithAccounts, steps } from '#shared/course/course'
import { runFresh, type FreshProgram } from '#shared/run/run-fresh'

// What only shows when many come at once. The last step stands for all that have accounts: they handle these the same way.

const step = steps.findLast(({ number }) => number >= firstWithAccounts)!
const guests = 100
const each = 50 // messages

test('500 register at once, 100 of them say 5,000 things, and all see them in the order in which they were kept', async () => {
  const program = await runFresh(step.dir, { compiled: true })
  const names = Array.from({ length: 500 }, (_, index) => `guest ${index}`)
  const cookies = await Promise.all(names.map((name) => register(program, name)))
  expect(cookies.filter(Boolean)).toHaveLength(500)
  // Of twenty who want one name at the same moment, one gets it.
  const rivals = await Promise.all(Array.from({ length: 20 }, () => register(program, 'rival')))
  expect(rivals.filter(Boolean)).toHaveLength(1)

  const crowd = await Promise.all(cookies.slice(0, guests).map((cookie) => connect(program, cookie)))
  const acknowledged = await sayAll(crowd)
  expect(acknowledged()).toHaveLength(guests * each)
  const kept = messagesIn(program)
  expect(kept.toSorted()).toEqual(acknowledged().toSorted())
  for (const [index, { heard }] of crowd.entries()) {
    const others = kept.filter((message) => !message.startsWith(`${index}:`))
    await expect.poll(() => heard.length, { timeout: 60_000 }).toBe(others.length)
    expect(heard).toEqual(others)
  }
  for (const { socket } of crowd) socket.disconnect()
  expect(await program.stop()).toBe(0)
}, 180_000)

test('killed in the middle of that, it has every message that was acknowledged, once', async () => {
  const program = await runFresh(step.dir, { compiled: true })
  const cookies = await Promise.all(
    Array.from({ length: 20 }, (_, index) => register(program, `guest ${index}`)),
  )
  const crowd = await Promise.all(cookies.map((cookie) => connect(program, cookie)))
  let count = 0
  const killed = new Promise<void>((resolve) => {
    void sayAll(crowd, () => {
      count += 1
      if (count === 300) resolve(program.restart())
    })
  })
  await killed
  const acknowledged = crowd.flatMap((guest) => guest.acknowledged)
  const kept = messagesIn(program)
  expect(acknowledged.length).toBeGreaterThanOrEqual(300)
  expect(acknowledged.length).toBeLessThan(20 * each)
  expect(new Set(kept).size).toBe(kept.length)
  expect(acknowledged.filter((message) => !kept.includes(message))).toEqual([])
  // What somebody has heard was kept as well.
  expect(crowd.flatMap(({ heard }) => heard).filter((message) => !kept.includes(message))).toEqual([])
  for (const { socket } of crowd) socket.disconnect()
  expect(await program.stop()).toBe(0)
}, 120_000)

test('of 10,000 guesses at a password, ten are looked at', async () => {
  const program = await runFresh(step.dir, { compiled: true })
  expect(await register(program, 'ann')).not.toBe('')
  const answers = new Map<number, number>()
  for (let round = 0; round < 50; round++) {
    const guesses = Array.from({ length: 200 }, (_, index) =>
      logIn(program, 'ann', `guess ${round} ${index}`),
    )
    for (const status of await Promise.all(guesses)) answers.set(status, (answers.get(status) ?? 0) + 1)
  }
  expect(Object.fromEntries(answers)).toEqual({ 401: 10, 429: 9_990 })
  expect(await logIn(program, 'ann', password)).toBe(429)
  expect(await program.stop()).toBe(0)
}, 120_000)

interface Guest {
  socket: Socket
  /** what the others said, in the order in which it came */
  heard: string[]
  /** what this one said and the server has acknowledged */
  acknowledged: string[]
}

/** The cookie of a new account, or nothing when it was refused. */
async function register({ url }: FreshProgram, name: string): Promise<string> {
  const body = new URLSearchParams({ username: name.replace(' ', '-'), displayName: name, password })
  const reply = await fetch(`${url}/register`, { method: 'POST', body, redirect: 'manual' })
  await reply.text()
  expect([303, 409]).toContain(reply.status)
  return reply.status === 303 ? reply.headers.getSetCookie().join('; ') : ''
}

async function logIn({ url }: FreshProgram, username: string, guess: string): Promise<number> {
  const body = new URLSearchParams({ username, password: guess })
  const reply = await fetch(`${url}/login`, { method: 'POST', body, redirect: 'manual' })
  await reply.text()
  return reply.status
}

async function connect({ url }: FreshProgram, cookie: string): Promise<Guest> {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie },
  })
  const guest: Guest = { socket, heard: [], acknowledged: [] }
  socket.on('new message', ({ message }: { message: string }) => guest.heard.push(message))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return guest
}

/** All say all that they have to say at once. Settles when everything is acknowledged. */
async function sayAll(crowd: Guest[], onAcknowledged = () => {}): Promise<() => string[]> {
  const saying = crowd.flatMap((guest, index) =>
    Array.from({ length: each }, (_, count) => {
      const message = `${index}: ${count}`
      return new Promise<void>((resolve) => {
        guest.socket.emit('new message', message, (answer: { ok: boolean }) => {
          expect(answer.ok).toBe(true)
          guest.acknowledged.push(message)
          onAcknowledged()
          resolve()
        })
      })
    }),
  )
  await Promise.all(saying)
  return () => crowd.flatMap(({ acknowledged }) => acknowledged)
}

/** What stands in the program's file, in the order in which it was kept. */
function messagesIn({ dataDir }: FreshProgram): string[] {
  const database = new Database(join(dataDir, 'chat.db'), { readonly: true })
  const rows = database.prepare<[], { message: string }>('SELECT message FROM messages ORDER BY id').all()
  database.close()
  return rows.map(({ message }) => message)
}
