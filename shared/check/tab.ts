import { io, type Socket } from 'socket.io-client'

/** Somebody's page, at a server that they choose. */
export class Tab {
  readonly socket: Socket
  readonly #heard: [string, ...unknown[]][] = []

  /** @param cookie who they are */
  constructor(url: string, cookie: string, transports = ['websocket']) {
    this.socket = io(url, {
      extraHeaders: { cookie },
      transports,
      forceNew: true,
      ackTimeout: 20_000,
      retries: 0,
    })
    this.socket.onAny((event: string, ...values: unknown[]) => this.#heard.push([event, ...values]))
  }

  /** Opens one, and waits until it is in. */
  static async open(url: string, cookie: string, transports?: string[]): Promise<Tab> {
    const tab = new Tab(url, cookie, transports)
    await new Promise<void>((resolve, reject) => {
      tab.socket.once('rooms', () => resolve()) // the last thing that a tab is greeted with
      tab.socket.once('connect_error', reject)
    })
    return tab
  }

  /** All that came by an event, in order. */
  heard(event: string): unknown[] {
    return this.#heard.filter(([name]) => name === event).map(([, value]) => value)
  }

  /** Sends an event, and waits for its acknowledgement. */
  ask(event: string, ...values: unknown[]): Promise<Record<string, unknown>> {
    return this.socket.emitWithAck(event, ...values)
  }

  close(): void {
    this.socket.disconnect()
  }
}
