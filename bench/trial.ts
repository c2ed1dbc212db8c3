import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '#shared/course/course'
import { run } from '#shared/run/run'
import { openWire, type Totals } from '#shared/wire/open-wire'
import { between, type Counts } from './counts.ts'
import { overLongPolling, overWebSocket, type Prediction } from './formulas.ts'
import { startChild } from './child.ts'
import { isTold, type Order, type Talk, type Told } from './guests/trial-orders.ts'
import { openProbe, type ServerSample } from './probe.ts'
import { folderOf, intervalOf, type TransportName } from './transports.ts'
import { unlimited } from './unlimited.ts'

/** What a part of a measurement has come to. */
export interface Part extends Counts {
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

export interface RoomOptions {
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
export interface Room {
  readonly transport: TransportName
  enter(guests: number): Promise<Part>
  /** One message at a time: all have heard it before the next is said. */
  lockstep(messages: number, seed: number): Promise<Part>
  /** One guest says all at once. */
  burst(messages: number, seed: number): Promise<Part>
  /** Everybody talks by the clock. */
  talk(talk: Omit<Talk, 'at'>, seed: number): Promise<Part>
  /** Nobody says anything. */
  idle(seconds: number): Promise<Part>
  leave(): Promise<Part>
  /** @param ms there and back again */
  setRoundTrip(ms: number): void
  close(): Promise<void>
}

const quietMs = 60 // so long without a byte, and what was on its way has arrived
const enterAheadMs = 20 // until the guests' process has understood what it is to do

/**
 * Opens a room that nobody is in yet.
 *
 * @throws DidNotStart when the server does not
 */
export async function openRoom(options: RoomOptions): Promise<Room> {
  const { transport, bare = false, onTrouble = () => {} } = options
  const probe = options.url ? undefined : await openProbe()
  const program = probe
    ? await run(options.dir ?? join(root, folderOf(transport)), {
        compiled: true,
        env: { ...probe.env, ...unlimited },
      })
    : undefined
  const wire = await openWire({ to: program?.url ?? options.url ?? '', maxRecords: 100 })
  const people = startChild<Order, Told>(join(import.meta.dirname, 'guests', 'process.ts'), isTold, onTrouble)
  const isClocked = intervalOf(transport) !== undefined
  let guests = 0
  let roundTripMs = 0

  /** Waits until nothing is on its way any more. Who asks by the clock is never quiet. */
  async function settle() {
    if (isClocked) return
    for (let before = -1, now = carried(wire.totals()); now !== before; now = carried(wire.totals())) {
      before = now
      await pause(quietMs + roundTripMs)
    }
  }

  async function sample() {
    return { at: performance.now(), totals: wire.totals(), server: await probe?.sample() }
  }

  type Sample = Awaited<ReturnType<typeof sample>>

  function partOf(before: Sample, after: Sample, told: Told | undefined): Part {
    return {
      ...between(before.totals, after.totals),
      seconds: (after.at - before.at) / 1_000,
      said: told?.said.length ?? 0,
      textBytes: told?.said.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) ?? 0,
      delivered: told?.delivered ?? 0,
      lost: told?.lost ?? 0,
      doubled: told?.doubled ?? 0,
      latenciesMs: told?.latenciesMs ?? [],
      guestsCpuSeconds: told?.cpuSeconds ?? 0,
      server: before.server && after.server && usedBetween(before.server, after.server),
      predicted: undefined,
    }
  }

  /** Everything that an order causes, up to the last byte. */
  async function measure(order: Order): Promise<{ part: Part; told: Told }> {
    await settle()
    const before = await sample()
    const told = await people.ask(order)
    await settle()
    return { part: partOf(before, await sample(), told), told }
  }

  function predict({ said }: Told): Prediction | undefined {
    if (transport === 'websocket' || transport === 'upgrade') return overWebSocket(said, guests)
    if (transport === 'polling' && !bare && program) {
      return overLongPolling(said, guests, new URL(wire.url).origin)
    }
    return undefined
  }

  return {
    transport,
    async enter(count) {
      guests = count
      const { part } = await measure({ do: 'enter', url: wire.url, transport, guests, bare })
      return withoutMessages(part)
    },
    async lockstep(messages, seed) {
      const { part, told } = await measure({ do: 'lockstep', messages, seed })
      return { ...part, predicted: predict(told) }
    },
    async burst(messages, seed) {
      const { part } = await measure({ do: 'burst', messages, seed })
      return part
    },
    async talk(talk, seed) {
      await settle()
      const at = Date.now() + talk.leadMs + enterAheadMs
      const telling = people.ask({ do: 'talk', ...talk, at, seed })
      // Awaited together, so that nobody is left alone with an error.
      const [told, before, after] = await Promise.all([
        telling,
        pause(at - Date.now()).then(sample),
        pause(at + talk.windowMs - Date.now()).then(sample),
      ])
      const part = partOf(before, after, told)
      await settle()
      return part
    },
    async idle(seconds) {
      await settle()
      const before = await sample()
      await pause(seconds * 1_000)
      return partOf(before, await sample(), undefined)
    },
    async leave() {
      const { part } = await measure({ do: 'leave' })
      guests = 0
      return withoutMessages(part)
    },
    setRoundTrip(ms) {
      roundTripMs = ms
      wire.setFaults({ delayMs: ms / 2 })
    },
    async close() {
      probe?.close()
      await Promise.all([people.stop(), program?.stop()])
      await wire.close()
    },
  }
}

const carried = ({ all: { bytesUp, bytesDown } }: Totals) => bytesUp + bytesDown

/** Who comes or goes says nothing; what the guests tell then is of the order before. */
function withoutMessages(part: Part): Part {
  return { ...part, said: 0, textBytes: 0, delivered: 0, lost: 0, doubled: 0, latenciesMs: [] }
}

function usedBetween(before: ServerSample, after: ServerSample): Part['server'] {
  return {
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    memoryBytes: after.memoryBytes,
    bytesUp: after.bytesUp - before.bytesUp,
    bytesDown: after.bytesDown - before.bytesDown,
  }
}
