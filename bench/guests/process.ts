// All guests of a room, in a process of their own: what they cost is not counted as the server's.
import { setImmediate as soon, setTimeout as pause } from 'node:timers/promises'
import { randomFrom } from '../random.ts'
import { moments, sentence } from '../messages.ts'
import { intervalOf } from '../transports.ts'
import { type Book, openBook } from './delivery-log.ts'
import { enterEvents } from './events-guest.ts'
import type { Guest, GuestOptions } from './trial-guest.ts'
import { isOrder, type Order, type Said, type Talk, type Told } from './trial-orders.ts'
import { enterPlain } from './plain-guest.ts'
import { enterSocketIo } from './socketio-guest.ts'

const patienceMs = 3_000 // so long without news, and what has not come is lost
const shortPatienceMs = 200
const atOnce = 20 // guests who enter at the same time
const timerSlackMs = 2 // how late a timer may be; the rest is waited for awake

let guests: Guest[] = []
let book: Book = openBook(0)
let spoken = 0

process.on('message', (order: unknown) => {
  if (!isOrder(order)) throw new Error(`no order: ${JSON.stringify(order)}`)
  carryOut(order).then(
    (done) => process.send?.(done),
    (error: Error) => process.send?.({ ...told([]), problem: error.message }),
  )
})
process.on('disconnect', () => process.exit(0))
process.on('SIGINT', () => {}) // A Ctrl-C is meant for the bench, which ends this process when it has its figures.

async function carryOut(order: Order): Promise<Told> {
  if (order.do === 'enter') return enter(order)
  if (order.do === 'lockstep') return lockstep(order.messages, order.seed)
  if (order.do === 'burst') return burst(order.messages, order.seed)
  if (order.do === 'talk') return talk(order, order.seed)
  await Promise.all(guests.map((guest) => guest.leave()))
  guests = []
  return told([])
}

async function enter(order: Extract<Order, { do: 'enter' }>): Promise<Told> {
  const { transport, url, bare } = order
  const intervalMs = intervalOf(transport)
  for (let from = 0; from < order.guests; from += atOnce) {
    const indexes = Array.from({ length: Math.min(atOnce, order.guests - from) }, (_, i) => from + i)
    const entered = await Promise.all(
      indexes.map((index) => {
        const hear = (text: string) => book.heard(index, text)
        const options: GuestOptions = { url, index, guests: order.guests, bare, hear }
        if (intervalMs) return enterPlain(intervalMs, options)
        if (transport === 'server-sent-events') return enterEvents(options)
        return enterSocketIo(transport, options)
      }),
    )
    guests.push(...entered)
  }
  return told([])
}

/** One message at a time: the next is said when all have heard the last. */
async function lockstep(messages: number, seed: number): Promise<Told> {
  const random = randomFrom(seed)
  const said: Said[] = []
  const before = process.cpuUsage()
  book = openBook(guests.length)
  for (let i = 0; i < messages; i++) {
    said.push(say(i % guests.length, sentence(random, ++spoken), performance.now(), true))
    // Who has lost one may be gone altogether, and would make every message wait.
    await book.complete(book.lost > guests.length ? shortPatienceMs : patienceMs)
  }
  return told(said, before)
}

/** One guest says everything in one breath. */
async function burst(messages: number, seed: number): Promise<Told> {
  const random = randomFrom(seed)
  const before = process.cpuUsage()
  book = openBook(guests.length)
  const said = Array.from({ length: messages }, () =>
    say(0, sentence(random, ++spoken), performance.now(), true),
  )
  await book.complete(patienceMs)
  return told(said, before)
}

async function talk({ at, windowMs, leadMs, messagesPerSecond }: Talk, seed: number): Promise<Told> {
  const random = randomFrom(seed)
  const openAt = at - performance.timeOrigin
  const closeAt = openAt + windowMs
  const said: Said[] = []
  let delivered = 0
  let usage = { user: 0, system: 0 }
  book = openBook(guests.length)

  const opened = waitUntil(openAt).then(() => {
    delivered = -book.delivered
    return process.cpuUsage()
  })
  const closed = waitUntil(closeAt).then(async () => {
    delivered += book.delivered
    usage = process.cpuUsage(await opened)
  })
  const so = (durationMs: number) => Math.round((messagesPerSecond * durationMs) / 1_000)
  const all = [
    ...moments(random, so(leadMs), openAt - leadMs, openAt),
    ...moments(random, so(windowMs), openAt, closeAt),
  ]
  for (const dueAt of all) {
    await waitUntil(dueAt)
    const isMeasured = dueAt >= openAt && dueAt < closeAt
    const speaker = Math.floor(random() * guests.length)
    const one = say(speaker, sentence(random, ++spoken), dueAt, isMeasured)
    if (isMeasured) said.push(one)
  }
  await closed
  await book.complete(patienceMs)
  return { ...told(said), delivered, cpuSeconds: (usage.user + usage.system) / 1e6 }
}

/** @param moment on performance.now()'s clock */
async function waitUntil(moment: number): Promise<void> {
  const leftMs = moment - performance.now() - timerSlackMs
  if (leftMs > 0) await pause(leftMs)
  while (performance.now() < moment) await soon()
}

function say(speaker: number, text: string, dueAt: number, isMeasured: boolean): Said {
  const guest = guests[speaker]
  if (!guest) throw new Error('there is nobody in the room who could speak')
  book.said(text, dueAt, isMeasured)
  return { speaker: guest.name, text, acknowledgement: guest.say(text) }
}

function told(said: Said[], before?: NodeJS.CpuUsage): Told {
  const { user, system } = before ? process.cpuUsage(before) : { user: 0, system: 0 }
  const { delivered, latenciesMs, lost, doubled } = book
  return { said, delivered, latenciesMs, lost, doubled, cpuSeconds: (user + system) / 1e6 }
}
