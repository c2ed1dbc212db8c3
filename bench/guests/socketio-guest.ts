import { Fetch, io, NodeWebSocket, NodeXHR, type Socket } from 'socket.io-client'
import { webSocketHeaders } from '../browser-headers.ts'
import type { TransportName } from '../transports.ts'
import { type Guest, type GuestOptions, nameOf } from './trial-guest.ts'
import { browserAt } from './requests.ts'

interface Answer {
  ok: boolean
  error?: string
}

const timeoutMs = 15_000

/**
 * Enters a chat that speaks the events of step 5.
 *
 * @returns when the guest has a name, and the upgrade is over if there is one
 * @throws Error when nobody lets them in
 */
export async function enterSocketIo(transport: TransportName, options: GuestOptions): Promise<Guest> {
  const name = nameOf(options.index)
  const socket = connect(transport, options)
  const upgraded = new Promise<void>((resolve) => {
    socket.io.once('open', () => {
      if (transport === 'upgrade') socket.io.engine.once('upgrade', () => resolve())
      else resolve()
    })
  })
  await within(
    new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', reject)
    }),
    'no connection',
  )
  socket.on('new message', ({ message }: { message: string }) => options.hear(message))
  const acknowledges = await addUser(socket, name)
  await within(upgraded, 'no upgrade to WebSocket')
  return guestOn(socket, name, acknowledges, options.hear)
}

function connect(transport: TransportName, { url, bare }: GuestOptions): Socket {
  const polling = bare ? NodeXHR : BrowserPolling
  const ways = { websocket: [NodeWebSocket], upgrade: [polling, NodeWebSocket] }
  return io(url, {
    transports: transport === 'websocket' || transport === 'upgrade' ? ways[transport] : [polling],
    extraHeaders: bare ? undefined : webSocketHeaders(new URL(url).origin),
    forceNew: true,
    reconnection: false,
    timeout: timeoutMs,
  })
}

/** @returns whether the server acknowledges events; step 4's does not */
async function addUser(socket: Socket, name: string): Promise<boolean> {
  const hasLoggedIn = new Promise<void>((resolve) => socket.once('login', () => resolve()))
  const isAccepted = new Promise<boolean>((resolve, reject) => {
    socket.emit('add user', name, (answer?: Answer) => {
      if (answer?.ok === false) reject(new Error(`the server refused ${name}: ${answer.error}`))
      else resolve(true)
    })
    // An acknowledgement comes before "login", or with it. A server that knows none lets the guest in all the same.
    void hasLoggedIn.then(() => setTimeout(resolve, 500, false))
  })
  const acknowledges = await within(isAccepted, 'no answer to “add user”')
  await within(hasLoggedIn, 'no “login”')
  return acknowledges
}

function guestOn(
  socket: Socket,
  name: string,
  acknowledges: boolean,
  hear: (message: string) => void,
): Guest {
  let hasLeft = false
  let acknowledgement = 0 // Socket.IO's client numbers them from 0 up
  let wasRefused = false
  socket.on('disconnect', (reason) => hasLeft || console.error(`${name} was cut off: ${reason}`))

  return {
    name,
    say(text) {
      if (!acknowledges) {
        socket.emit('new message', text)
        hear(text)
        return 0
      }
      // The page shows a guest's own line when the server has taken it.
      socket.emit('new message', text, (answer?: Answer) => {
        if (answer?.ok) hear(text)
        else if (!wasRefused) console.error(`${name} was refused: ${answer?.error ?? 'no reason given'}`)
        wasRefused ||= !answer?.ok
      })
      return ++acknowledgement
    },
    async leave() {
      const gone = new Promise<void>((resolve) => socket.io.engine.once('close', () => resolve()))
      hasLeft = true
      if (!socket.connected) return
      socket.disconnect()
      await within(gone, `${name} could not leave`)
    },
  }
}

/** @throws Error when it takes too long */
function within<Value>(promise: Promise<Value>, otherwise: string): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${otherwise} within ${timeoutMs / 1_000} s`)), timeoutMs)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/** Socket.IO's long-polling, asking as a browser's page would: the Node client's own way sends a third of the bytes. */
class BrowserPolling extends Fetch {
  readonly #browser = browserAt(`http://${this.opts.hostname}:${this.opts.port}`, false)

  override doPoll(): void {
    this.#ask('GET').then(
      (text) => this.onData(text),
      (error: Error) => this.onError('the poll failed', 0, error),
    )
  }

  override doWrite(body: string, callback: () => void): void {
    this.#ask('POST', body).then(callback, (error: Error) => this.onError('the POST failed', 0, error))
  }

  async #ask(method: 'GET' | 'POST', body?: string): Promise<string> {
    const { pathname, search } = new URL(this.uri())
    const contentType = 'text/plain;charset=UTF-8'
    const path = pathname + search
    const { status, text } = await this.#browser.ask({ method, path, body, contentType })
    if (status !== 200) throw new Error(`${method} ${path} was answered with ${status}: ${text}`)
    return text
  }
}
