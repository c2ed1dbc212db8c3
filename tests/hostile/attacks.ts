import { connect, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { Socket as Guest } from 'socket.io-client'
import { WebSocket } from 'ws'
import { newAccount } from '#shared/check/account'
import { firstWithLogin, type Step } from '#shared/course/course'
import { connectAs, firstWithBoard, namespaceOf } from '../gate/enter.ts'
import type { Chance } from '../support/traffic.ts'
import { saying } from './honest.ts'
import * as inputs from './inputs.ts'

/** Where an attack goes, how much of it there is, and who looks at the answers. */
export interface Target {
  /** `http://localhost:3000` */
  readonly url: string
  readonly step: Step
  /** of an account, where the program wants one: strangers may be people who have registered */
  readonly cookie: string
  /** the events that a guest may send in this step, and others */
  readonly events: readonly string[]
  readonly chance: Chance
  /** how much is sent beside the inputs that are written down: 1 for a night, less for a test that has to be quick */
  readonly size: number
  /** Told of each refusal: what was sent, and the words of the answer. */
  readonly refused: (sent: string, words: unknown) => void
}

/** Does its worst, and ends by itself. Returns how many inputs it has sent. */
type Run = (target: Target) => Promise<number>

/** Something that strangers do. */
export interface Attack {
  /** the first step whose program it can reach */
  readonly from: number
  /** Node, Socket.IO, or lines that no later step changes deal with it: what stands in one step stands in the next */
  readonly isAlike: boolean
  readonly run: Run
}

const alike = (from: number, run: Run): Attack => ({ from, isAlike: true, run })
const anew = (from: number, run: Run): Attack => ({ from, isAlike: false, run })

const endMs = 30_000 // after that an attacker hangs up, whatever the server does

/** What strangers do, by what it is called in the report. */
export const attacks: Readonly<Record<string, Attack>> = {
  'malformed HTTP': alike(1, ({ url, chance, size }) => {
    const random = many(400 * size, () => inputs.damaged(inputs.requests, chance))
    return inTurns([...inputs.requests, ...random], 40, (bytes) => sendRaw(url, bytes))
  }),
  'oversize heads and bodies': alike(1, ({ url, chance, size }) => {
    const paths = ['', '/messages', ...inputs.doors, '/board/new', '/socket.io/?EIO=4&transport=polling']
    const all = paths.flatMap((path) => many(20 * size, () => [path, chance.number(1e5, 3e6)] as const))
    return inTurns(all, 5, ([path, length]) => sendRaw(url, inputs.oversize(path, length)))
  }),
  'slow requests': alike(1, async ({ url, size }) => {
    const sockets = await Promise.all(many(100 * size, () => open(url)))
    for (const letter of inputs.slowRequest.slice(0, 4 + 40 * size)) {
      for (const socket of sockets) socket.write(letter)
      await pause(50)
    }
    for (const socket of sockets) socket.destroy()
    return sockets.length
  }),
  'connections that never speak': alike(1, async (target) => {
    const { url, cookie, size } = target
    const sockets = await Promise.all(many(500 * size, () => open(url)))
    const webSockets = await Promise.all(many(100 * size, () => openWebSocket(url, cookie)))
    await ask(target, 'GET', '/') // somebody else is served meanwhile
    for (const socket of sockets) socket.destroy()
    for (const socket of webSockets) socket?.terminate()
    return sockets.length + webSockets.length
  }),
  'requests that nobody expects': alike(1, async (target) => {
    const gets = await inTurns(inputs.paths, 8, (path) => ask(target, 'GET', path))
    return gets + (await inTurns(inputs.methods, 8, (method) => ask(target, method, '/')))
  }),
  'messages by HTTP': alike(2, async (target) => {
    const gets = await inTurns(inputs.afters, 4, (after) => ask(target, 'GET', `/messages?after=${after}`))
    return gets + (await postAll(target, ['/messages'], ''))
  }),
  // Without a cookie: whoever logs out has none for the attacks to come.
  'forms of accounts': alike(firstWithLogin, (target) => postAll(target, inputs.doors, '')),
  'forms of the board': alike(firstWithBoard, async (target) => {
    const headers = { cookie: target.cookie }
    const gets = await inTurns(inputs.boards, 4, (path) => ask(target, 'GET', path, { headers }))
    return gets + (await postAll(target, inputs.boards, target.cookie))
  }),
  // A connection each: after the first that it cannot read, Socket.IO hangs up.
  'malformed packets over WebSocket': alike(3, (target) =>
    inTurns(packetsFor(target, 1_000), 20, async ({ packet, cookie }) => {
      const socket = await join(target, cookie)
      socket?.send(packet)
      socket?.send(Buffer.from([4, 0, 255]))
      await hangUp(socket)
    }),
  ),
  'malformed packets by polling': alike(3, (target) =>
    inTurns(packetsFor(target, 200), 10, async ({ packet, cookie }) => {
      const at = await pollingSession(target.url, cookie)
      if (!at) return
      const body = `${packet}\x1e42["and one more"]`
      await post(at, '40', cookie)
      await post(at, body, cookie)
      await post(at.replace(/sid=.*/, 'sid=unknown'), body, cookie)
    }),
  ),
  'half-open handshakes': alike(3, ({ url, cookie, size }) => {
    const urls = many(1_000 * size, () => url)
    return inTurns(urls, 50, () => pollingSession(url, cookie))
  }),
  // A guest for each event: a program that counts events refuses the hundred and first without a look at it.
  'wrong payloads': anew(3, ({ events, chance, size, ...target }) => {
    const known = events.map((event) => saysAll(event, inputs.nonsense))
    const huge = events.slice(0, 1).map((event): Saying[] => [[event, inputs.huge(target.step.number)]])
    const random = many(50 * size, () =>
      saysAll(
        chance.one(events),
        many(20, () => inputs.randomNonsense(chance)),
      ),
    )
    return strangers(target, [...known, ...huge, ...random])
  }),
  'names and rooms': anew(5, ({ chance, size, ...target }) => {
    const guests = many(1_000 * size, () => {
      const name = `${nextName()} ${chance.text(5)}`
      return [
        ['add user', name],
        ['create room', name],
        ['join room', chance.number(0, 20)],
        ['typing'],
      ] as const
    })
    return strangers(target, guests)
  }),
  // Messages, questions that ask for an acknowledgement, and acknowledgements that nobody has asked for.
  floods: anew(3, async (target) => {
    const { step, size } = target
    const start = namespaceOf(step) === '/' ? '' : `${namespaceOf(step)},`
    const kinds = [
      (at: number) => `42${start}${JSON.stringify(saying(step, `a flood of messages, number ${at}`))}`,
      (at: number) => `42${start}${at}["${saying(step, '')[0]}"]`,
      (at: number) => `43${start}${at}[{"ok":true}]`,
    ]
    const socket = await join(target, target.cookie)
    socket?.send(`42${start}["add user","flood"]`)
    let sent = 0
    while (socket?.readyState === WebSocket.OPEN && sent < 25_000 * size) {
      const packet = kinds[sent % kinds.length]!(sent++)
      // Each hundredth waits until it has left: what does not fit into the connection would pile up here.
      if (sent % 100 > 0) socket.send(packet)
      else await new Promise((resolve) => socket.send(packet, resolve))
    }
    await hangUp(socket)
    return sent
  }),
}

let named = 0

/** Short, and nobody else's. */
function nextName(): string {
  return `s${++named}`
}

/** At least one. */
function many<Item>(count: number, make: () => Item): Item[] {
  return Array.from({ length: Math.max(1, Math.round(count)) }, make)
}

/** Does something with each, a few of them at a time. Returns how many there were. */
async function inTurns<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<unknown>,
): Promise<number> {
  const left = items.values()
  const worker = async () => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return items.length
}

/** Each that is written down, and random ones; all of them by people with an account as well, where there are any. */
function packetsFor({ chance, cookie, size }: Target, random: number) {
  const packets = [
    ...inputs.packets,
    ...many(random * size, () => String(inputs.damaged(inputs.packets, chance))),
  ]
  return [...new Set(['', cookie])].flatMap((some) => packets.map((packet) => ({ packet, cookie: some })))
}

/** An event, and what goes with it. */
type Saying = readonly [event: string, ...values: unknown[]]

function saysAll(event: string, values: readonly unknown[]): Saying[] {
  return [
    [event],
    ...values.flatMap((value): Saying[] => [
      [event, value],
      [event, value, value, value],
    ]),
  ]
}

/** Guests, each of whom sends its events twice, once with an acknowledgement. Returns how many events that is. */
async function strangers(
  target: Pick<Target, 'url' | 'step' | 'cookie' | 'refused'>,
  guests: readonly (readonly Saying[])[],
): Promise<number> {
  await inTurns(guests, 10, (sayings) => stranger(target, sayings))
  return 2 * guests.flat().length
}

/** One of them, who leaves when all has been read. Who is about to choose a name has none yet. */
async function stranger(
  { url, step, cookie, refused }: Pick<Target, 'url' | 'step' | 'cookie' | 'refused'>,
  sayings: readonly Saying[],
): Promise<void> {
  const [first = ''] = sayings[0] ?? []
  // An account of their own: what a person may send is counted for all their connections together.
  const own = cookie && (await newAccount(url, nextName()))
  const guest = await connectAs(url, step, first === 'add user' ? '' : nextName(), own).catch(() => undefined)
  if (!guest) return refused('a stranger who connects', 'no answer')
  guest.on('refused', ({ error }: { error: unknown }) => refused(`“${first}”`, error))
  for (const [event, ...values] of sayings) {
    guest.emit(event, ...values)
    guest.emit(event, ...values, (answer?: { ok?: boolean; error?: unknown }) => {
      if (answer?.ok === false) refused(`“${event}”`, answer.error)
    })
  }
  await allRead(guest)
  if (!guest.connected) refused(`“${first}”`, 'no answer: it hung up')
  guest.disconnect()
}

/** A connection keeps the order: the answer to a namespace that is not there comes when all before it was read. */
async function allRead(guest: Guest): Promise<void> {
  const over = happens(guest, 'disconnect')
  if (!guest.connected) return
  const nowhere = guest.io.socket('/nowhere')
  await Promise.race([over, happens(nowhere, 'connect_error')])
}

async function open(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => {}) // Being hung up on is what an attacker is used to.
  socket.resume()
  await Promise.race([happens(socket, 'connect'), happens(socket, 'close')])
  return socket
}

/** Sends bytes, and waits until the server hangs up. */
async function sendRaw(url: string, bytes: string | Buffer): Promise<void> {
  const socket = await open(url)
  const over = happens(socket, 'close')
  socket.end(bytes)
  await Promise.race([over, pause(endMs)])
  socket.destroy()
}

/** Sends a request. Who is refused reads a sentence: as text, in a page or in JSON. */
async function ask(target: Target, method: string, path: string, more: RequestInit = {}): Promise<void> {
  const sent = `${method} ${path} ${String(more.body ?? '').slice(0, 60)}`
  const signal = AbortSignal.timeout(endMs)
  const answer = await fetch(target.url + path, { method, redirect: 'manual', signal, ...more }).catch(
    () => undefined,
  )
  const text = await answer?.text().catch(() => '')
  if (!answer || text === undefined) return target.refused(sent, 'no answer')
  if (answer.status < 400) return
  if (answer.status >= 500) return target.refused(sent, `${answer.status} ${text}`)
  const type = answer.headers.get('content-type') ?? ''
  if (type.includes('html')) target.refused(sent, /role="alert">([^<]*)</.exec(text)?.[1])
  else target.refused(sent, type.includes('json') ? JSON.parse(text).error : text)
}

/** Every form and every JSON to every path. */
function postAll(target: Target, paths: readonly string[], cookie: string): Promise<number> {
  const posts = paths.flatMap((path) => [
    ...inputs.forms.map((body) => ({ path, body, type: 'application/x-www-form-urlencoded' })),
    ...inputs.bodies.map((body) => ({ path, body, type: 'application/json' })),
  ])
  return inTurns(posts, 4, ({ path, body, type }) =>
    ask(target, 'POST', path, { body, headers: { cookie, 'content-type': type } }),
  )
}

/** @returns undefined where nobody speaks WebSocket */
async function openWebSocket(url: string, cookie: string): Promise<WebSocket | undefined> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    headers: { cookie },
  })
  socket.on('error', () => {})
  await Promise.race([happens(socket, 'open'), happens(socket, 'close')])
  return socket.readyState === socket.OPEN ? socket : undefined
}

/** A WebSocket that has been let into the step's namespace, or turned away there: what comes before the answer ends it. */
async function join({ url, step }: Target, cookie: string): Promise<WebSocket | undefined> {
  const socket = await openWebSocket(url, cookie)
  if (!socket) return undefined
  const answered = new Promise<void>((resolve) => {
    socket.on('message', (text) => {
      if (/^4[04]/.test(String(text))) resolve()
    })
  })
  socket.send(`40${namespaceOf(step)},`)
  await Promise.race([answered, happens(socket, 'close')])
  return socket
}

async function hangUp(socket: WebSocket | undefined): Promise<void> {
  if (!socket || socket.readyState === socket.CLOSED) return
  const over = happens(socket, 'close')
  socket.close()
  await Promise.race([over, pause(endMs)])
  socket.terminate()
}

/** @returns the session's address; undefined where there is no Engine.IO */
async function pollingSession(url: string, cookie: string): Promise<string | undefined> {
  const at = `${url}/socket.io/?EIO=4&transport=polling`
  const options = { headers: { cookie }, signal: AbortSignal.timeout(endMs) }
  const opened = await fetch(at, options).then(
    (response) => response.text(),
    () => '',
  )
  const sid = /"sid":"([^"]+)"/.exec(opened)?.[1]
  return sid && `${at}&sid=${sid}`
}

async function post(at: string, body: string, cookie: string): Promise<void> {
  const options = { method: 'POST', body, headers: { cookie }, signal: AbortSignal.timeout(endMs) }
  await fetch(at, options).then(
    (response) => response.text(),
    () => '', // It had enough of this one.
  )
}

/** Keeps no program up. */
const pause = (ms: number) => setTimeout(ms, undefined, { ref: false })

/** Unlike `once`, it does not mind an error that comes instead. */
function happens(
  emitter: { once(name: string, listener: () => void): unknown },
  name: string,
): Promise<void> {
  return new Promise((resolve) => {
    emitter.once(name, () => resolve())
  })
}
