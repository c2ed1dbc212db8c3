import { type AddressInfo, createServer } from 'node:net'
import { Advice } from '../terminal/advice.ts'
import { decoder } from './decode.ts'
import { completeFaults, type Faults, type FaultsInForce, faultsInWords } from './faults.ts'
import { type ConnectionSummary, copyTotals, meterInto, type Totals, zeroTotals } from './meter.ts'
import { sixPollsInWords, watchPolls } from './polls.ts'
import { type Link, link } from './proxy.ts'
import { type Draft, type KeeperOptions, keepRecords, type WireRecord } from './record.ts'
import type { Session } from './socketio.ts'

export type { Faults, FaultsInForce } from './faults.ts'
export type { ConnectionSummary, Counts, Totals } from './meter.ts'
export type { Direction, Kind, Transport, WireRecord } from './record.ts'

export interface WireOptions extends KeeperOptions {
  /** where the server is, `http://localhost:5000`; left out, nobody answers until {@link Wire.pointAt} says where */
  to?: string
  /** what was typed, `npm run step 6`, for advice about a port that is taken */
  command?: string
  /** where guests come in; 0, the default, takes any free port */
  port?: number
  /** the network interface's address; default 127.0.0.1, which nobody reaches from outside this machine */
  host?: string
  /** from the start; {@link Wire.setFaults} changes them later */
  faults?: Faults
  /** how long six polls of one browser have to be held until a record says so, ms; default 1,000 */
  heldMs?: number
}

/** What can be listened to. */
export interface WireEvents {
  /** each record, in the order of their ids */
  record: (record: WireRecord) => void
  /** the totals, at most four times a second and only when they have changed */
  totals: (totals: Totals) => void
}

/** A proxy between guests and a server that passes every byte on, and tells what it was. */
export interface Wire {
  /** where guests come in, `http://localhost:49152` */
  readonly url: string
  readonly port: number
  /** what has crossed since the wire was opened; the copy stays as it is */
  totals(): Totals
  /** TCP connections: all that are open, and the last 100 that have closed, in the order of their ids */
  connections(): ConnectionSummary[]
  /** the records after the one with this id, oldest first, as far as they are kept; default: all that are kept */
  records(since?: number): WireRecord[]
  readonly faults: FaultsInForce
  /**
   * Puts guests through to another address from now on; who is connected stays connected.
   *
   * @throws Advice when it is no address with http://
   */
  pointAt(to: string): void
  /**
   * Sets the faults; those that are left out are switched off. They act on open connections too, but a WebSocket that
   * is open stays open.
   *
   * @throws Advice when a figure is negative or not a number
   */
  setFaults(faults: Faults): void
  /**
   * Breaks every connection off, and every new one at once, for so long.
   *
   * @param seconds 0 breaks off what is open, and lets guests in again at once
   * @returns when guests are let in again
   */
  cut(seconds: number): Promise<void>
  /** @returns a function that ends the listening */
  on<Name extends keyof WireEvents>(name: Name, listener: WireEvents[Name]): () => void
  /** Breaks every connection off and frees the port. */
  close(): Promise<void>
}

const closedKept = 100
const sessionsKept = 2_000
const totalsEveryMs = 250

/**
 * Opens a wire in front of a server. Guests use `url` in place of the server's own address.
 *
 * @throws Advice when `to` is no address with http://, or the port is taken
 */
export async function openWire(options: WireOptions): Promise<Wire> {
  const { port = 0, host = '127.0.0.1', heldMs = 1_000 } = options
  let target = options.to === undefined ? nowhere : address(options.to)
  const keeper = keepRecords(options)
  const totals = zeroTotals()
  const wireMeter = meterInto(totals)
  const open = new Map<number, { link: Link; summary: () => ConnectionSummary }>()
  const closed: ConnectionSummary[] = []
  const listeners: { [name in keyof WireEvents]: Set<WireEvents[name]> } = {
    record: new Set(),
    totals: new Set(),
  }
  const sessions = new Map<string, Session>()
  let faults = completeFaults(options.faults ?? {})
  let lastConnection = 0
  let lastExchange = 0
  let cutUntil = 0 // on performance.now()'s clock
  let endCut: (() => void) | undefined
  let totalsTimer: ReturnType<typeof setTimeout> | undefined

  const polls = watchPolls(heldMs, () =>
    remark(0, { kind: 'wire.sixPolls', transport: 'polling', meaning: sixPollsInWords }),
  )

  function record(connection: number, draft: Draft): WireRecord {
    const added = keeper.add(connection, draft)
    for (const listener of listeners.record) safely(() => listener(added))
    tellTotalsSoon()
    return added
  }

  /** Something that the wire itself has done or seen. */
  function remark(connection: number, draft: Omit<Draft, 'direction' | 'bytes'>): void {
    record(connection, { direction: 'none', bytes: 0, ...draft })
    wireMeter.packet(draft.kind, draft.transport)
  }

  function tellTotalsSoon() {
    if (totalsTimer || listeners.totals.size === 0) return
    totalsTimer = setTimeout(() => {
      totalsTimer = undefined
      for (const listener of listeners.totals) safely(() => listener(copyTotals(totals)))
    }, totalsEveryMs)
    totalsTimer.unref()
  }

  /** A guest's id for its session, made by the server; only the newest are remembered. */
  function sessionOf(sid: string): Session {
    const session = sessions.get(sid) ?? {}
    sessions.delete(sid)
    sessions.set(sid, session)
    for (const oldest of sessions.keys()) {
      if (sessions.size <= sessionsKept) break
      sessions.delete(oldest)
    }
    return session
  }

  const door = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (guest) => {
    const id = ++lastConnection
    const left = cutUntil - performance.now()
    if (left > 0) {
      guest.on('error', () => {}) // It may have gone by itself; it is being broken off anyway.
      guest.resetAndDestroy()
      const meaning = `refused · the wire is cut for another ${(left / 1_000).toFixed(1)} s`
      return remark(id, { kind: 'wire.refused', transport: 'other', meaning })
    }

    const own = zeroTotals()
    const meter = meterInto(totals, own)
    const openedAt = Date.now()
    let closedAt: number | undefined
    meter.connection(undefined)
    const reader = decoder({
      meter,
      polls,
      sessionOf,
      nextExchange: () => ++lastExchange,
      emit(draft) {
        meter.packet(draft.kind, draft.transport)
        return record(id, draft)
      },
    })
    const happened = (kind: Draft['kind'], meaning: string, direction: Draft['direction']) => {
      meter.packet(kind, reader.transport)
      record(id, { kind, meaning, direction, bytes: 0, transport: reader.transport })
    }
    const sides = { up: 'the guest', down: 'the server', none: 'the wire' }

    const { to } = target
    const connection = link(guest, {
      host: target.host,
      port: target.port,
      decoder: reader,
      faults: () => faults,
      opened: () => happened('wire.opened', `connection ${id} · opened`, 'up'),
      unreachable: ({ code }) =>
        happened('wire.unreachable', `nothing answers at ${to} (${code}) · is the server running?`, 'down'),
      reset: (by) => happened('wire.reset', `connection ${id} · broken off by ${sides[by]}`, by),
      closed(by) {
        closedAt = Date.now()
        happened(
          'wire.closed',
          `connection ${id} · closed${by === 'none' ? '' : `, first by ${sides[by]}`}`,
          by,
        )
        closed.push(summary())
        if (closed.length > closedKept) closed.shift()
        open.delete(id)
      },
    })
    const summary = (): ConnectionSummary => ({
      id,
      openedAt,
      closedAt,
      transport: reader.transport,
      guest: connection.guest,
      server: connection.server,
      waiting: connection.waiting,
      totals: copyTotals(own),
    })
    open.set(id, { link: connection, summary })
  })

  await new Promise<void>((resolve, reject) => {
    door.once('error', (error: NodeJS.ErrnoException) => reject(inWords(error, port, options.command)))
    door.listen(port, host, resolve)
  })
  const ownPort = (door.address() as AddressInfo).port

  return {
    url: `http://${host === '127.0.0.1' ? 'localhost' : host}:${ownPort}`,
    port: ownPort,
    totals: () => copyTotals(totals),
    connections: () => [...closed, ...[...open.values()].map(({ summary }) => summary())],
    records: (since = 0) => keeper.since(since),
    get faults() {
      return faults
    },
    pointAt(to) {
      target = address(to)
    },
    setFaults(wanted) {
      faults = completeFaults(wanted)
      remark(0, { kind: 'wire.fault', transport: 'other', meaning: faultsInWords(faults) })
      for (const { link: one } of open.values()) one.faultsChanged()
    },
    cut(seconds) {
      const { delayMs } = completeFaults({ delayMs: seconds * 1_000 })
      endCut?.()
      cutUntil = performance.now() + delayMs.up
      const meaning = `cut · every connection is broken off, and new ones for ${seconds} s`
      remark(0, { kind: 'wire.fault', transport: 'other', meaning })
      for (const { link: one } of open.values()) one.cut()
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer)
          cutUntil = 0
          endCut = undefined
          resolve()
        }
        const timer = setTimeout(end, delayMs.up)
        endCut = end
      })
    },
    on(name, listener) {
      listeners[name].add(listener)
      return () => void listeners[name].delete(listener)
    },
    async close() {
      endCut?.()
      polls.stop()
      clearTimeout(totalsTimer)
      const gone = new Promise((resolve) => door.close(resolve))
      for (const { link: one } of open.values()) one.cut()
      await gone
    },
  }
}

/** A listener that throws ends the program as an exception does, but not in the middle of somebody's bytes. */
function safely(work: () => void) {
  try {
    work()
  } catch (error) {
    setImmediate(() => {
      throw error
    })
  }
}

interface Target {
  readonly to: string
  readonly host: string
  readonly port: number
}

/** Nothing listens on port 0. */
const nowhere: Target = { to: 'an address that nobody has given yet', host: '127.0.0.1', port: 0 }

function address(to: string): Target {
  const url = URL.canParse(to) ? new URL(to) : undefined
  if (url?.protocol === 'http:' && url.hostname) {
    // An IPv6 address stands in brackets in a URL, and without them in a socket.
    return { to, host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 80) }
  }
  const isSealed = url?.protocol === 'https:'
  throw new Advice(
    isSealed
      ? `The wire cannot read ${to}: what https carries is sealed between the browser and the server.`
      : `${JSON.stringify(to)} is no address that the wire can put guests through to.`,
    'Give it one with http://, for example:  npm run wire -- --to http://localhost:3000',
  )
}

function inWords(error: NodeJS.ErrnoException, port: number, command = 'npm run wire'): Error {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error
  const isTaken = error.code === 'EADDRINUSE'
  const next = isTaken ? port + 1 : 3001
  return new Advice(
    isTaken
      ? `Port ${port} is taken, most likely by a step you left running.`
      : `Port ${port} is for the system's own programs.`,
    [
      isTaken ? 'Stop that one with Ctrl-C, or use another port:' : 'Use one from 1024 up:',
      `${command}${command.includes(' -- ') ? '' : ' --'} --port ${next}`,
    ].join('  '),
  )
}
