// All guests of a trial, in a process of their own: what they cost is not counted as the server's.
import { setImmediate as soon, setTimeout as pause } from 'node:timers/promises'
import { answerCommands } from '../child.ts'
import { randomFrom } from '../numbers.ts'
import { moments, sentence } from '../messages.ts'
import { intervalOf } from '../transports.ts'
import { type DeliveryLog, openDeliveryLog } from './delivery-log.ts'
import { enterEvents } from './events-guest.ts'
import { enterInBatches, type Guest, type GuestOptions } from './trial-guest.ts'
import {
  type GuestsCommand,
  type GuestsReport,
  isGuestsCommand,
  type SentMessage,
  type Talk,
} from './trial-commands.ts'
import { enterPlain } from './plain-guest.ts'
import { enterSocketIo } from './socketio-guest.ts'

const timeoutMs = 3_000 // so long without a delivery, and what has not come is lost
const shortTimeoutMs = 200
const timerSlackMs = 2 // how late a timer may be; the rest is waited for awake

let guests: Guest[] = []
let log: DeliveryLog = openDeliveryLog(0)
let spoken = 0

answerCommands(isGuestsCommand, runCommand)

async function runCommand(command: GuestsCommand): Promise<GuestsReport> {
  if (command.do === 'enter') return enter(command)
  if (command.do === 'lockstep') return lockstep(command.messages, command.seed)
  if (command.do === 'burst') return burst(command.messages, command.seed)
  if (command.do === 'talk') return talk(command, command.seed)
  await Promise.all(guests.map((guest) => guest.leave()))
  guests = []
  return report([])
}

async function enter(command: Extract<GuestsCommand, { do: 'enter' }>): Promise<GuestsReport> {
  const { transport, url, bare } = command
  const intervalMs = intervalOf(transport)
  const entered = await enterInBatches(command.guests, (index) => {
    const hear = (text: string) => log.heard(index, text)
    const options: GuestOptions = { url, index, guests: command.guests, bare, hear }
    if (intervalMs) return enterPlain(intervalMs, options)
    if (transport === 'server-sent-events') return enterEvents(options)
    return enterSocketIo(transport, options)
  })
  guests.push(...entered)
  return report([])
}

/** One message at a time: the next is said when all have heard the last. */
async function lockstep(messages: number, seed: number): Promise<GuestsReport> {
  const random = randomFrom(seed)
  const sent: SentMessage[] = []
  const before = process.cpuUsage()
  log = openDeliveryLog(guests.length)
  for (let i = 0; i < messages; i++) {
    sent.push(say(i % guests.length, sentence(random, ++spoken), performance.now(), true))
    // Who has lost one may be gone altogether, and would make every message wait.
    await log.complete(log.lost > guests.length ? shortTimeoutMs : timeoutMs)
  }
  return report(sent, before)
}

/** One guest says everything in one breath. */
async function burst(messages: number, seed: number): Promise<GuestsReport> {
  const random = randomFrom(seed)
  const before = process.cpuUsage()
  log = openDeliveryLog(guests.length)
  const sent = Array.from({ length: messages }, () =>
    say(0, sentence(random, ++spoken), performance.now(), true),
  )
  await log.complete(timeoutMs)
  return report(sent, before)
}

async function talk({ at, windowMs, leadMs, messagesPerSecond }: Talk, seed: number): Promise<GuestsReport> {
  const random = randomFrom(seed)
  const openAt = at - performance.timeOrigin
  const closeAt = openAt + windowMs
  const sent: SentMessage[] = []
  let delivered = 0
  let usage = { user: 0, system: 0 }
  log = openDeliveryLog(guests.length)

  const opened = waitUntil(openAt).then(() => {
    delivered = -log.delivered
    return process.cpuUsage()
  })
  const closed = waitUntil(closeAt).then(async () => {
    delivered += log.delivered
    usage = process.cpuUsage(await opened)
  })
  const countIn = (durationMs: number) => Math.round((messagesPerSecond * durationMs) / 1_000)
  const all = [
    ...moments(random, countIn(leadMs), openAt - leadMs, openAt),
    ...moments(random, countIn(windowMs), openAt, closeAt),
  ]
  for (const dueAt of all) {
    await waitUntil(dueAt)
    const isMeasured = dueAt >= openAt && dueAt < closeAt
    const speaker = Math.floor(random() * guests.length)
    const one = say(speaker, sentence(random, ++spoken), dueAt, isMeasured)
    if (isMeasured) sent.push(one)
  }
  await closed
  await log.complete(timeoutMs)
  return { ...report(sent), delivered, cpuSeconds: (usage.user + usage.system) / 1e6 }
}

/** @param moment on performance.now()'s clock */
async function waitUntil(moment: number): Promise<void> {
  const leftMs = moment - performance.now() - timerSlackMs
  if (leftMs > 0) await pause(leftMs)
  while (performance.now() < moment) await soon()
}

function say(speaker: number, text: string, dueAt: number, isMeasured: boolean): SentMessage {
  const guest = guests[speaker]
  if (!guest) throw new Error('there is nobody here who could speak')
  log.sent(text, dueAt, isMeasured)
  return { speaker: guest.name, text, acknowledgement: guest.say(text) }
}

function report(sent: SentMessage[], before?: NodeJS.CpuUsage): GuestsReport {
  const { user, system } = before ? process.cpuUsage(before) : { user: 0, system: 0 }
  const { delivered, latenciesMs, lost, doubled } = log
  return { sent, delivered, latenciesMs, lost, doubled, cpuSeconds: (user + system) / 1e6 }
}
