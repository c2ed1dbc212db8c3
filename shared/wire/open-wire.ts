import { createServer, type Socket } from 'node:net'
import { completeFaults, Cut, describeFaults, type Faults, type FaultsInForce } from './faults.ts'
import { type NewRecord, RecordLog, type RecordLogOptions } from './record-log.ts'
import { Connections } from './connections.ts'
import { keepListeners, type WireEvents } from './listeners.ts'
import {
  type ConnectionSummary,
  copyTotals,
  type Meter,
  meterInto,
  type Totals,
  zeroTotals,
} from './meter.ts'
import { type PollWatch, sixPolls, watchPolls } from './polls.ts'
import type { WireRecord } from './record.ts'
import { listenOn, nowhere, parseAddress, refuseItself, type ServerAddress } from './server-address.ts'
import { rememberSessions } from './socketio.ts'

export type { Faults, FaultsInForce } from './faults.ts'
export type { ConnectionSummary, Counts, Totals } from './meter.ts'
export type { Direction, Kind, Transport, WireRecord } from './record.ts'

export interface WireOptions extends RecordLogOptions {
  /** where the server is, `http://localhost:5000`; left out, nobody answers until pointAt says where */
  to?: string
  /** what was typed, `npm run step 6`, for advice about a port that is taken */
  command?: string
  /** where clients come in; 0, the default, takes any free port */
  port?: number
  /** the network interface's address; default 127.0.0.1, which nobody reaches from outside this machine */
  host?: string
  /** from the start; setFaults changes them later */
  faults?: Faults
  /** how long six polls of one browser have to be held until a record says so, ms; default 1,000 */
  heldMs?: number
}

/**
 * Opens a wire in front of a server. Clients use `url` in place of the server's own address.
 *
 * @throws Advice when `to` is no address with http://, or the wire's own, or the port is taken
 */
export async function openWire(options: WireOptions): Promise<Wire> {
  const wire = new Wire(options)
  await wire.listen()
  return wire
}

const socketOptions = { allowHalfOpen: true, pauseOnConnect: true, noDelay: true }

/** A proxy between clients and a server that passes every byte on, and tells what it was. */
export class Wire {
  readonly #log: RecordLog
  readonly #totals = zeroTotals()
  readonly #meter = meterInto(this.#totals)
  readonly #listeners = keepListeners(() => this.totals())
  readonly #connections = new Connections()
  readonly #sessionOf = rememberSessions()
  readonly #cut = new Cut()
  readonly #polls: PollWatch
  readonly #server = createServer(socketOptions, (client) => this.#accept(client))
  readonly #options: WireOptions
  readonly #host: string
  #port = 0
  #target: ServerAddress
  #faults: FaultsInForce
  #lastConnection = 0
  #lastExchange = 0

  /** @throws Advice when `to` is no address with http://, or a fault is no number */
  constructor(options: WireOptions) {
    this.#options = options
    this.#host = options.host ?? '127.0.0.1'
    this.#target = options.to === undefined ? nowhere : parseAddress(options.to)
    this.#faults = completeFaults(options.faults ?? {})
    this.#log = new RecordLog(options)
    this.#polls = watchPolls(options.heldMs ?? 1_000, () =>
      this.#remark(0, { kind: 'wire.sixPolls', transport: 'polling', meaning: sixPolls }),
    )
  }

  /** @throws Advice when the port is taken, or not allowed, or the one that clients are to be put through to */
  async listen() {
    const { port = 0, command } = this.#options
    refuseItself(this.#target, port)
    this.#port = await listenOn(this.#server, port, this.#host, socketOptions, command)
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
    return this.#connections.summaries()
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
   * @throws Advice when it is no address with http://, or the wire's own
   */
  pointAt(to: string) {
    const target = parseAddress(to)
    refuseItself(target, this.#port)
    this.#target = target
  }

  /**
   * Sets the faults; those that are left out are switched off. They act on open connections too: when WebSocket is refused
   * from now on, open ones are broken off.
   *
   * @throws Advice when a figure is negative or not a number
   */
  setFaults(faults: Faults) {
    const { refuseWebSocket } = this.#faults
    this.#faults = completeFaults(faults)
    this.#remark(0, { kind: 'wire.fault', transport: 'other', meaning: describeFaults(this.#faults) })
    this.#connections.faultsChanged()
    // What is open would stay so for hours: nobody would see what a refusal does.
    if (this.#faults.refuseWebSocket && !refuseWebSocket) this.#connections.cut('websocket')
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
    this.#connections.cut()
    return over
  }

  /** Breaks every connection off and frees the port. */
  async close(): Promise<void> {
    this.#cut.end()
    this.#polls.stop()
    this.#listeners.stop()
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#connections.cut()
    await closed
  }

  #accept(client: Socket) {
    if (!this.#server.listening) return client.destroy() // came in at ::1 while the wire was closed
    const id = ++this.#lastConnection
    const { leftMs } = this.#cut
    if (leftMs > 0) return this.#refuse(id, client, leftMs)
    this.#connections.open(id, client, {
      server: this.#target,
      totals: this.#totals,
      faults: () => this.#faults,
      polls: this.#polls,
      sessionOf: this.#sessionOf,
      nextExchange: () => ++this.#lastExchange,
      record: (number, record, meter) => this.#record(number, record, meter),
    })
  }

  #refuse(id: number, client: Socket, leftMs: number) {
    client.on('error', () => {}) // It may have gone by itself; it is being broken off anyway.
    client.resetAndDestroy()
    const meaning = `refused · the wire is cut for another ${(leftMs / 1_000).toFixed(1)} s`
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
