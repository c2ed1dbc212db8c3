import type { Socket } from 'socket.io-client'
import { expect, test, vi } from 'vitest'
import { newAccount, registration } from '#shared/check/account'
import { steps } from '#shared/course/course'
import type { FreshProgram } from '#shared/run/run-fresh'
import { connectAs } from './gate/enter.ts'
import { saying } from './hostile/honest.ts'
import { messagesIn } from './support/messages-in.ts'
import { runStep } from './support/run-step.ts'

// What only shows when many come at once. The last step stands for all that have accounts: they handle these the same way.
// Twenty are enough to show it; npm run test:hostile lets 500 come, and gives a slow machine the time for it.

const step = steps.at(-1)!
const people = Number(process.env.CROWD ?? 20)
const each = 50 // messages: half of what the program lets one say in one go
const timeout = 180_000 + 1_000 * people
vi.setConfig({ testTimeout: timeout })

test('all register at once, a hundred of them talk, and all see what was said in the order in which it was kept', async () => {
  const program = await runStep(step)
  const names = Array.from({ length: people }, (_, index) => `guest ${index}`)
  const cookies = await Promise.all(names.map((name) => newAccount(program.url, name)))
  expect(cookies.filter(Boolean)).toHaveLength(people)
  // Of ten who want one name at the same moment, one gets it.
  const rivals = await Promise.all(Array.from({ length: 10 }, () => newAccount(program.url, 'rival')))
  expect(rivals.filter(Boolean)).toHaveLength(1)

  const crowd = await Promise.all(cookies.slice(0, 100).map((cookie) => connect(program, cookie)))
  await Promise.all(crowd.flatMap((guest, index) => messagesOf(index).map((message) => say(guest, message))))
  const kept = messagesIn(program)
  expect(kept.toSorted()).toEqual(crowd.flatMap((_, index) => messagesOf(index)).toSorted())
  for (const [index, { heard }] of crowd.entries()) {
    const others = kept.filter((message) => !message.startsWith(`${index}:`))
    await expect.poll(() => heard.length, { timeout }).toBe(others.length)
    expect(heard).toEqual(others)
  }
  for (const { socket } of crowd) socket.disconnect()
  await program.stop()
})

test('killed while many talk, it has every message that was acknowledged, once', async () => {
  const program = await runStep(step)
  const crowd = await Promise.all(
    Array.from({ length: 20 }, async (_, index) =>
      connect(program, await newAccount(program.url, `p${index}`)),
    ),
  )
  let count = 0
  const restarted = new Promise<void>((resolve) => {
    for (const [index, guest] of crowd.entries()) {
      // The next one follows the answer to the one before, so the end comes in the middle of twenty, however fast it is.
      const talk = async () => {
        for (const message of messagesOf(index)) {
          await say(guest, message)
          count += 1
          if (count === 300) resolve(program.restart())
        }
      }
      talk().catch(() => {}) // the connection is gone
    }
  })
  await restarted
  const acknowledged = crowd.flatMap((guest) => guest.acknowledged)
  const kept = messagesIn(program)
  expect(acknowledged.length).toBeGreaterThanOrEqual(300)
  expect(acknowledged.length).toBeLessThan(20 * each)
  expect(new Set(kept).size).toBe(kept.length)
  expect(acknowledged.filter((message) => !kept.includes(message))).toEqual([])
  // What somebody has heard was kept as well.
  expect(crowd.flatMap(({ heard }) => heard).filter((message) => !kept.includes(message))).toEqual([])
  for (const { socket } of crowd) socket.disconnect()
  await program.stop()
})

test('of many guesses at a password, ten are looked at', async () => {
  const program = await runStep(step)
  const { username, password } = registration('ann')
  expect(await newAccount(program.url, username)).toBeDefined()
  const answers = new Map<number, number>()
  for (let guessed = 0; guessed < 20 * people; guessed += 100) {
    const guesses = Array.from({ length: 100 }, (_, index) =>
      logIn(program, username, `guess ${guessed + index}`),
    )
    for (const status of await Promise.all(guesses)) answers.set(status, (answers.get(status) ?? 0) + 1)
  }
  expect(Object.fromEntries(answers)).toEqual({ 401: 10, 429: 20 * people - 10 })
  expect(await logIn(program, username, password)).toBe(429)
  await program.stop()
})

interface Guest {
  socket: Socket
  /** what the others said, in the order in which it came */
  heard: string[]
  /** what this one said and the server has acknowledged */
  acknowledged: string[]
}

async function logIn({ url }: FreshProgram, username: string, guess: string): Promise<number> {
  const body = new URLSearchParams({ username, password: guess })
  const reply = await fetch(`${url}/login`, { method: 'POST', body, redirect: 'manual' })
  await reply.text()
  return reply.status
}

async function connect({ url }: FreshProgram, cookie?: string): Promise<Guest> {
  const socket = await connectAs(url, step, 'somebody', cookie)
  const guest: Guest = { socket, heard: [], acknowledged: [] }
  socket.on('new message', ({ message }: { message: string }) => guest.heard.push(message))
  return guest
}

/** All that one guest has to say. */
function messagesOf(index: number): string[] {
  return Array.from({ length: each }, (_, count) => `${index}: ${count}`)
}

/** Settles when it is acknowledged; fails when the connection breaks before. */
async function say(guest: Guest, message: string): Promise<void> {
  const answer = await guest.socket.emitWithAck(...saying(step, message))
  expect(answer).toMatchObject({ ok: true })
  guest.acknowledged.push(message)
}
