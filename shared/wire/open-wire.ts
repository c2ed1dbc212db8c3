import { createServer, type Socket } from 'node:net'
import { openConnection, type WireConnection } from './connection.ts'
import { Cut } from './cut.ts'
import { completeFaults, describeFaults, type Faults, type FaultsInForce } from './faults.ts'
import { Listeners, type WireEvents } from './listeners.ts'
import {
  type ConnectionSummary,
  copyTotals,
  type Meter,
  meterInto,
  type Totals,
  zeroTotals,
} from './meter.ts'
import { sixPolls, watchPolls } from './polls.ts'
import { type NewRecord, RecordLog, type RecordLogOptions } from './record-log.ts'
import type { WireRecord } from './record.ts'
import { nowhere, parseAddress } from './server-address.ts'
import { rememberSessions } from './socketio.ts'
import { listenOn } from './wire-port.ts'

export type { Faults, FaultsInForce } from './faults.ts'
export type { WireEvents } from './listeners.ts'
export type { ConnectionSummary, Counts, Totals } from './meter.ts'
export type { Direction, Kind, Transport, WireRecord } from './record.ts'

export interface WireOptions extends RecordLogOptions {
  /** where the server is, `http://localhost:5000`; left out, nobody answers until {@link Wire.pointAt} says where */
  to?: string
  /** what was typed, `npm run step 6`, for advice about a port that is taken */
  command?: string
  /** where clients come in; 0, the default, takes any free port */
  port?: number
  /** the network interface's address; default 127.0.0.1, which nobody reaches from outside this machine */
  host?: string
  /** from the start; {@link Wire.setFaults} changes them later */
  faults?: Faults
  /** how long six polls of one browser have to be held until a record says so, ms; default 1,000 */
  heldMs?: number
}

const maxClosed = 100

/**
 * Opens a wire in front of a server. Clients use `url` in place of the server's own address.
 *
 * @throws Advice when `to` is no address with http://, or the port is taken
 */
export function openWire(options: WireOptions): Promise<Wire> {
  return Wire.open(options)
}

/** A proxy between clients and a server that passes every byte on, and tells what it was. */
export class Wire {
  readonly #log: RecordLog
  readonly #totals = zeroTotals()
  readonly #meter = meterInto(this.#totals)
  readonly #listeners = new Listeners(() => this.totals())
  readonly #open = new Map<number, WireConnection>()
  readonly #closed: ConnectionSummary[] = []
  readonly #sessionOf = rememberSessions()
  readonly #cut = new Cut()
  readonly #polls
  readonly #server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (client) =>
    this.#accept(client),
  )
  readonly #host: string
  #port = 0
  #target
  #faults: FaultsInForce
  #lastConnection = 0
  #lastExchange = 0

  private constructor(options: WireOptions) {
    this.#host = options.host ?? '127.0.0.1'
    this.#target = options.to === undefined ? nowhere : parseAddress(options.to)
    this.#faults = completeFaults(options.faults ?? {})
    this.#log = new RecordLog(options)
    this.#polls = watchPolls(options.heldMs ?? 1_000, () =>
      this.#remark(0, { kind: 'wire.sixPolls', transport: 'polling', meaning: sixPolls }),
    )
  }

  /** See {@link openWire}. */
  static async open(options: WireOptions): Promise<Wire> {
    const wire = new Wire(options)
    const { port = 0, command = 'npm run wire' } = options
    wire.#port = await listenOn(wire.#server, { port, host: wire.#host, command })
    return wire
  }

  /** where clients come in, `http://localhost:49152` */
  get url(): string {
    return `http://${this.#host === '127.0.0.1' ? 'localhost' : this.#host}:${this.#port}`
  }

  get port(): number {
    return this.#port
  }

  get faults(): FaultsInForce {
    return this.#faults
  }

  /** what has crossed since the wire was opened; the copy stays as it is */
  totals(): Totals {
    return copyTotals(this.#totals)
  }

  /** TCP connections: all that are open, and the last 100 that have closed, in the order of their ids */
  connections(): ConnectionSummary[] {
    return [...this.#closed, ...[...this.#open.values()].map((connection) => connection.summary())]
  }

  /** the records after the one with this id, oldest first, as far as they are kept; default: all that are kept */
  records(since = 0): WireRecord[] {
    return this.#log.since(since)
  }

  /** @returns a function that ends the listening */
  on<Name extends keyof WireEvents>(name: Name, listener: WireEvents[Name]): () => void {
    return this.#listeners.add(name, listener)
  }

  /**
   * Puts clients through to another address from now on; who is connected stays connected.
   *
   * @throws Advice when it is no address with http://
   */
  pointAt(to: string) {
    this.#target = parseAddress(to)
  }

  /**
   * Sets the faults; those that are left out are switched off. They act on open connections too, but a WebSocket that
   * is open stays open.
   *
   * @throws Advice when a figure is negative or not a number
   */
  setFaults(faults: Faults) {
    this.#faults = completeFaults(faults)
    this.#remark(0, { kind: 'wire.fault', transport: 'other', meaning: describeFaults(this.#faults) })
    for (const { proxy } of this.#open.values()) proxy.faultsChanged()
  }

  /**
   * Breaks every connection off, and every new one at once, for so long.
   *
   * @param seconds 0 breaks off what is open, and lets clients in again at once
   * @returns when clients are let in again
   * @throws Advice when the figure is negative or not a number
   */
  cut(seconds: number): Promise<void> {
    const { delayMs } = completeFaults({ delayMs: seconds * 1_000 })
    const over = this.#cut.begin(delayMs.up)
    const meaning = `cut · every connection is broken off, and new ones for ${seconds} s`
    this.#remark(0, { kind: 'wire.fault', transport: 'other', meaning })
    for (const { proxy } of this.#open.values()) proxy.cut()
    return over
  }

  /** Breaks every connection off and frees the port. */
  async close(): Promise<void> {
    this.#cut.end()
    this.#polls.stop()
    this.#listeners.stop()
    const closed = new Promise((resolve) => this.#server.close(resolve))
    for (const { proxy } of this.#open.values()) proxy.cut()
    await closed
  }

  #accept(client: Socket) {
    const id = ++this.#lastConnection
    if (this.#cut.leftMs > 0) return this.#refuse(id, client)
    const connection = openConnection(id, client, {
      server: this.#target,
      totals: this.#totals,
      faults: () => this.#faults,
      polls: this.#polls,
      sessionOf: this.#sessionOf,
      nextExchange: () => ++this.#lastExchange,
      record: (number, record, meter) => this.#record(number, record, meter),
      closed: () => {
        this.#open.delete(id)
        this.#closed.push(connection.summary())
        if (this.#closed.length > maxClosed) this.#closed.shift()
      },
    })
    this.#open.set(id, connection)
  }

  #refuse(id: number, client: Socket) {
    client.on('error', () => {}) // It may have gone by itself; it is being broken off anyway.
    client.resetAndDestroy()
    const meaning = `refused · the wire is cut for another ${(this.#cut.leftMs / 1_000).toFixed(1)} s`
    this.#remark(id, { kind: 'wire.refused', transport: 'other', meaning })
  }

  #record(connection: number, record: NewRecord, meter: Meter): WireRecord {
    const added = this.#log.add(connection, record)
    meter.record(added)
    this.#listeners.tell(added)
    return added
  }

  /** Something that the wire itself has done or seen. */
  #remark(connection: number, remark: Omit<NewRecord, 'direction' | 'bytes'>) {
    this.#record(connection, { direction: 'none', bytes: 0, ...remark }, this.#meter)
  }
}
