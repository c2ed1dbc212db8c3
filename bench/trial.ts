import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '#shared/course/course'
import { run } from '#shared/run/run'
import { openWire, type Totals, type Wire } from '#shared/wire/open-wire'
import { between, type Counts } from './counts.ts'
import { overLongPolling, overWebSocket, type Prediction } from './formulas.ts'
import { startChild } from './child.ts'
import {
  type GuestsCommand,
  type GuestsReport,
  isGuestsReport,
  type SentMessage,
  type Talk,
} from './guests/trial-commands.ts'
import { openProbe, type ServerSample } from './probe.ts'
import { folderOf, intervalOf, type TransportName, unlimited } from './transports.ts'

/** What was found while something was done. */
export interface Measurement extends Counts {
  /** how long it lasted */
  seconds: number
  /** messages that were said */
  said: number
  /** the texts of these, bytes */
  textBytes: number
  /** the same messages, counted for each guest who heard them */
  delivered: number
  lost: number
  doubled: number
  latenciesMs: number[]
  guestsCpuSeconds: number
  /** undefined when the server is somebody else's */
  server: { cpuSeconds: number; memoryBytes: number; bytesUp: number; bytesDown: number } | undefined
  /** what it should have come to, where that can be computed beforehand */
  predicted: Prediction | undefined
}

export interface TrialOptions {
  transport: TransportName
  /** a Node client's headers and connections in place of a browser's */
  bare?: boolean
  /** a server that runs already, `http://localhost:5000`; default: the chat of this transport, started for it */
  url?: string
  /** a folder with a server.ts in place of this transport's own */
  dir?: string
  /** what the server and the guests have to complain about */
  onTrouble?: (line: string) => void
}

/** A server, a wire in front of it, and guests: each in a process of its own, the wire in ours. */
export interface Trial {
  readonly transport: TransportName
  enter(guests: number): Promise<Measurement>
  /** One message at a time: all have heard it before the next is said. */
  lockstep(messages: number, seed: number): Promise<Measurement>
  /** One guest says all at once. */
  burst(messages: number, seed: number): Promise<Measurement>
  /** Everybody talks by the clock. */
  talk(talk: Omit<Talk, 'at'>, seed: number): Promise<Measurement>
  /** Nobody says anything. */
  idle(seconds: number): Promise<Measurement>
  leave(): Promise<Measurement>
  /** @param ms there and back again */
  setRoundTrip(ms: number): void
  close(): Promise<void>
}

const quietMs = 60 // so long without a byte, and what was on its way has arrived
const enterAheadMs = 20 // until the guests' process has understood what it is to do

/**
 * Opens a trial without guests.
 *
 * @throws DidNotStart when the server does not start
 */
export async function openTrial(options: TrialOptions): Promise<Trial> {
  const { transport } = options
  const parts = await startParts(options)
  const { wire, guestsProcess } = parts
  let guests = 0
  let roundTripMs = 0

  /** Waits until nothing is on its way any more. Where guests ask by the clock, it is never quiet. */
  async function settle() {
    if (intervalOf(transport) === undefined) await silence(wire, quietMs + roundTripMs)
  }

  /** Everything that a command causes, up to the last byte. */
  async function measure(command: GuestsCommand) {
    await settle()
    const before = await sampleOf(parts)
    const report = await guestsProcess.request(command)
    await settle()
    return { measurement: measurementOf(before, await sampleOf(parts), report), report }
  }

  return {
    transport,
    async enter(count) {
      guests = count
      const bare = options.bare ?? false
      const { measurement } = await measure({ do: 'enter', url: wire.url, transport, guests, bare })
      return withoutMessages(measurement)
    },
    async lockstep(messages, seed) {
      const { measurement, report } = await measure({ do: 'lockstep', messages, seed })
      return { ...measurement, predicted: predict(options, wire.url, report.sent, guests) }
    },
    burst: async (messages, seed) => (await measure({ do: 'burst', messages, seed })).measurement,
    async talk(talk, seed) {
      await settle()
      const at = Date.now() + talk.leadMs + enterAheadMs
      const talking = guestsProcess.request({ do: 'talk', ...talk, at, seed })
      // Awaited together, so that nobody is left alone with an error.
      const [report, before, after] = await Promise.all([
        talking,
        pause(at - Date.now()).then(() => sampleOf(parts)),
        pause(at + talk.windowMs - Date.now()).then(() => sampleOf(parts)),
      ])
      await settle()
      return measurementOf(before, after, report)
    },
    async idle(seconds) {
      await settle()
      const before = await sampleOf(parts)
      await pause(seconds * 1_000)
      return measurementOf(before, await sampleOf(parts))
    },
    async leave() {
      const { measurement } = await measure({ do: 'leave' })
      guests = 0
      return withoutMessages(measurement)
    },
    setRoundTrip(ms) {
      roundTripMs = ms
      wire.setFaults({ delayMs: ms / 2 })
    },
    close: parts.close,
  }
}

type Parts = Awaited<ReturnType<typeof startParts>>

/** The processes of a trial, and the wire. */
async function startParts({ transport, url, dir, onTrouble = () => {} }: TrialOptions) {
  const probe = url ? undefined : await openProbe()
  const program =
    probe &&
    (await run(dir ?? join(root, folderOf(transport)), {
      compiled: true,
      env: { ...probe.env, ...unlimited },
    }))
  const wire = await openWire({ to: program?.url ?? url ?? '', maxRecords: 100 })
  const file = join(import.meta.dirname, 'guests', 'process.ts')
  const guestsProcess = startChild<GuestsCommand, GuestsReport>(file, isGuestsReport, onTrouble)
  return {
    probe,
    wire,
    guestsProcess,
    async close() {
      probe?.close()
      await Promise.all([guestsProcess.stop(), program?.stop()])
      await wire.close()
    },
  }
}

/** Waits until nothing has crossed for so long. */
async function silence(wire: Wire, ms: number) {
  const carried = ({ all: { bytesUp, bytesDown } }: Totals) => bytesUp + bytesDown
  for (let before = -1, now = carried(wire.totals()); now !== before; now = carried(wire.totals())) {
    before = now
    await pause(ms)
  }
}

interface Sample {
  /** on performance.now()'s clock */
  at: number
  totals: Totals
  server: ServerSample | undefined
}

async function sampleOf({ wire, probe }: Parts): Promise<Sample> {
  return { at: performance.now(), totals: wire.totals(), server: await probe?.sample() }
}

/** @param report undefined when the guests did nothing */
function measurementOf(before: Sample, after: Sample, report?: GuestsReport): Measurement {
  const { sent, delivered, lost, doubled, latenciesMs, cpuSeconds } = report ?? nothingDone
  return {
    ...between(before.totals, after.totals),
    seconds: (after.at - before.at) / 1_000,
    said: sent.length,
    textBytes: sent.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
    delivered,
    lost,
    doubled,
    latenciesMs,
    guestsCpuSeconds: cpuSeconds,
    server: before.server && after.server && usedBetween(before.server, after.server),
    predicted: undefined,
  }
}

const nothingDone: GuestsReport = {
  sent: [],
  delivered: 0,
  lost: 0,
  doubled: 0,
  latenciesMs: [],
  cpuSeconds: 0,
}

/** Nobody says anything while guests enter or leave; what they report then is of the command before. */
function withoutMessages(measurement: Measurement): Measurement {
  return { ...measurement, said: 0, textBytes: 0, delivered: 0, lost: 0, doubled: 0, latenciesMs: [] }
}

function usedBetween(before: ServerSample, after: ServerSample): Measurement['server'] {
  return {
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    memoryBytes: after.memoryBytes,
    bytesUp: after.bytesUp - before.bytesUp,
    bytesDown: after.bytesDown - before.bytesDown,
  }
}

/** @param wireUrl the address that the guests use */
function predict(
  { transport, bare, url }: TrialOptions,
  wireUrl: string,
  sent: SentMessage[],
  guests: number,
): Prediction | undefined {
  if (transport === 'websocket' || transport === 'upgrade') return overWebSocket(sent, guests)
  if (transport !== 'polling' || bare || url) return undefined
  return overLongPolling(sent, guests, new URL(wireUrl).origin)
}
