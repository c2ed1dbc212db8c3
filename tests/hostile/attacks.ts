import type { EventEmitter } from 'node:events'
import { connect, type Socket } from 'node:net'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { type Chance } from '../support/traffic.ts'

/** Where an attack goes, and how much of it there is. */
export interface Target {
  /** `http://localhost:3000` */
  readonly url: string
  /** of an account, where the program wants one: strangers may be people who have registered */
  readonly cookie: string
  readonly chance: Chance
  /** 1 for the whole of it; less for a test that has to be quick */
  readonly part: number
}

/** Does its worst, and ends by itself. Returns how many inputs it has sent. */
export type Attack = (target: Target) => Promise<number>

const endMs = 10_000 // after that an attacker hangs up, whatever the server does

/** What strangers do, by what it is called in the report. */
export const attacks: Record<string, Attack> = {
  'malformed HTTP': async ({ url, chance, part }) => {
    const many = Math.round(400 * part)
    await inTurns(many, 40, () => sendRaw(url, malformedHttp(chance)))
    return many
  },
  'oversize heads and bodies': async ({ url, chance, part }) => {
    const many = Math.round(20 * part)
    await inTurns(many, 5, async () => {
      const huge = 'x'.repeat(chance.number(100_000, 3_000_000))
      await sendRaw(url, `GET / HTTP/1.1\r\nHost: x\r\nX-Huge: ${huge}\r\n\r\n`)
      for (const path of [
        '/messages',
        '/login',
        '/register',
        '/board/new',
        '/socket.io/?EIO=4&transport=polling',
      ]) {
        const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${huge.length}\r\n\r\n`
        await sendRaw(url, head + huge)
      }
    })
    return many * 6
  },
  'slow requests': async ({ url, part }) => {
    const many = Math.round(100 * part)
    const sockets = await Promise.all(Array.from({ length: many }, () => open(url)))
    const text =
      'POST /messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{"text":"'
    for (let at = 0; at < 40; at++) {
      for (const socket of sockets) socket.write(text[at] ?? 'x')
      await pause(50)
    }
    for (const socket of sockets) socket.destroy()
    return many
  },
  'malformed packets over WebSocket': async ({ url, cookie, chance, part }) => {
    const guests = Math.round(40 * part) + 1
    let sent = 0
    await inTurns(guests, 10, async () => {
      const socket = await openWebSocket(url, cookie)
      if (!socket) return
      for (const namespace of ['', '/test,']) socket.send(`40${namespace}`)
      for (let i = 0; i < 50; i++) {
        socket.send(malformedPacket(chance))
        sent++
      }
      await hangUp(socket)
    })
    return sent
  },
  'malformed packets by polling': async ({ url, cookie, chance, part }) => {
    const guests = Math.round(40 * part) + 1
    let sent = 0
    await inTurns(guests, 10, async () => {
      const at = await pollingSession(url, cookie)
      if (!at) return
      for (let i = 0; i < 10; i++) {
        sent++
        const body = Array.from({ length: chance.number(1, 5) }, () => packetText(chance)).join('\x1e')
        const response = await ask(at, { method: 'POST', body, headers: { cookie } })
        if (response !== 200) return // the server has had enough of this one
      }
    })
    return sent
  },
  'wrong payloads': async ({ url, cookie, chance, part }) => {
    const guests = Math.round(12 * part) + 1
    let sent = 0
    await inTurns(guests, 4, async (turn) => {
      const guest = io(url + chance.one(['/', '/test']), {
        forceNew: true,
        reconnection: false,
        extraHeaders: { cookie },
      })
      guest.on('connect_error', () => {}) // not every step has sockets, or wants this one
      guest.emit('add user', `stranger ${turn}`)
      for (let i = 0; i < 80; i++) {
        const values = Array.from({ length: chance.number(0, 3) }, () => nonsense(chance))
        if (chance.number(0, 3) === 0) guest.emit(chance.one(events), ...values, () => {})
        else guest.emit(chance.one(events), ...values)
        sent++
      }
      await pause(300)
      guest.disconnect()
    })
    return sent
  },
  'acknowledgement floods': async ({ url, cookie, part }) => {
    const many = Math.round(5_000 * part)
    const socket = await openWebSocket(url, cookie)
    if (!socket) return 0
    socket.send('40')
    for (let i = 0; i < many; i++) {
      socket.send(`42${i}["new message"]`) // asks for an answer
      socket.send(`43${i}[{"ok":true}]`) // answers what nobody asked
      if (i % 500 === 0) await pause(10)
    }
    await hangUp(socket)
    return 2 * many
  },
  'half-open handshakes': async ({ url, cookie, part }) => {
    const many = Math.round(1_000 * part)
    await inTurns(many, 50, () => pollingSession(url, cookie))
    return many
  },
  'connections that never speak': async ({ url, cookie, part }) => {
    const many = Math.round(500 * part)
    const sockets = await Promise.all(Array.from({ length: many }, () => open(url)))
    const webSockets = await Promise.all(
      Array.from({ length: Math.round(many / 5) }, () => openWebSocket(url, cookie)),
    )
    await pause(1_000)
    for (const socket of sockets) socket.destroy()
    for (const socket of webSockets) socket?.terminate()
    return many + webSockets.length
  },
  'names and rooms': async ({ url, cookie, chance, part }) => {
    const many = Math.round(200 * part)
    await inTurns(many, 20, async (turn) => {
      const guest = io(url, {
        forceNew: true,
        reconnection: false,
        transports: ['websocket'],
        extraHeaders: { cookie },
      })
      guest.on('connect_error', () => {})
      for (let i = 0; i < 5; i++) {
        guest.emit('add user', `${turn} ${chance.text(8)}`)
        guest.emit('create room', `${turn} ${chance.text(8)}`)
        guest.emit('join room', chance.text(8))
        guest.emit('typing')
      }
      await pause(100)
      guest.disconnect()
    })
    return many * 20
  },
  'a flood of messages': async ({ url, cookie, part }) => {
    const perSecond = 5_000
    const forMs = 3_000 * part
    const guest = io(url, {
      forceNew: true,
      reconnection: false,
      transports: ['websocket'],
      extraHeaders: { cookie },
    })
    guest.on('connect_error', () => {})
    await new Promise<void>((resolve) => {
      guest.once('connect', () => resolve())
      guest.once('connect_error', () => resolve())
    })
    if (!guest.connected) return 0
    guest.emit('add user', 'flood')
    const from = performance.now()
    let sent = 0
    while (performance.now() - from < forMs && guest.connected) {
      for (const due = ((performance.now() - from) / 1_000) * perSecond; sent < due; sent++) {
        guest.emit('new message', `a flood of messages, number ${sent}`)
      }
      await pause(5)
    }
    await pause(500)
    guest.disconnect()
    return sent
  },
}

const events =
  'connect-ack,echo,send_to_self,send_to_all,send_to_others,add user,new message,typing,stop typing,direct message,create room,join room,leave room,room message,sync,history,login,users,message,__proto__,constructor,'.split(
    ',',
  )

/** Socket.IO's own, which no guest may send, and its client refuses to. */
const reserved = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']

function malformedHttp(chance: Chance): Buffer {
  const good =
    'POST /messages?after=1 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{"text":"hello"}'
  const bytes = Buffer.from(good)
  switch (chance.number(0, 4)) {
    case 0:
      return chance.bytes(chance.number(1, 2_000))
    case 1: // cut short
      return bytes.subarray(0, chance.number(1, bytes.length))
    case 2: // a few bytes are wrong
      for (let i = 0; i < 5; i++) bytes[chance.number(0, bytes.length - 1)] = chance.number(0, 255)
      return bytes
    case 3:
      return Buffer.from(
        `GET /${encodeURIComponent(chance.text(20)).slice(0, chance.number(1, 40))} HTTP/1.1\r\nHost: x\r\nContent-Length: ${chance.one(['-1', '1e9', '0x10', '99999999999999999999'])}\r\n\r\n`,
      )
    default:
      return Buffer.from(
        `POST /messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${chance.one(['zz', '-5', 'ffffffffff', '5'])}\r\n${chance.text(10)}\r\n`,
      )
  }
}

function packetText(chance: Chance): string {
  const type = chance.number(0, 9)
  const start = `${type}${chance.number(0, 9)}${chance.one(['', '7', '-', '51-', '/test,', '/nowhere,'])}`
  const body = chance.one([
    '',
    '[',
    '[]',
    '{}',
    '"text"',
    '[""]',
    '["new message"]',
    '["new message",{"_placeholder":true,"num":0}]',
    '["connect"]',
    `${'['.repeat(2_000)}${']'.repeat(2_000)}`,
    JSON.stringify([chance.one(events), chance.text(20)]),
    JSON.stringify([chance.one(reserved), chance.text(20)]),
    chance.text(30),
  ])
  return chance.number(0, 4) === 0 ? `b${chance.text(20)}` : start + body
}

function malformedPacket(chance: Chance): string | Buffer {
  return chance.number(0, 4) === 0 ? chance.bytes(chance.number(0, 500)) : packetText(chance)
}

function nonsense(chance: Chance): unknown {
  return chance.one<unknown>([
    undefined,
    null,
    true,
    chance.number(-1_000, 1_000),
    Number.NaN,
    '',
    ' ',
    '\u0000',
    chance.text(30),
    'x'.repeat(chance.number(2_001, 100_000)),
    [],
    [chance.text(3)],
    {},
    { data: { data: chance.text(3) } },
    { to: chance.text(5), message: [chance.text(3)] },
    { toString: 'x', length: -1 },
    JSON.parse('{"__proto__":{"ok":true}}'),
    chance.bytes(20),
    { data: chance.bytes(20) },
    new Date(Number.NaN),
  ])
}

/** Does so many things, a few of them at a time. */
async function inTurns(
  many: number,
  atOnce: number,
  work: (turn: number) => Promise<unknown>,
): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < many) await work(next++)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, many) }, worker))
}

async function open(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => {}) // Being hung up on is what an attacker is used to.
  socket.resume()
  await Promise.race([happens(socket, 'connect'), happens(socket, 'close'), pause(endMs)])
  return socket
}

/** Sends bytes, and waits until the server hangs up or a moment has gone by. */
async function sendRaw(url: string, bytes: string | Buffer): Promise<void> {
  const socket = await open(url)
  socket.write(bytes)
  await Promise.race([happens(socket, 'close'), pause(100)])
  socket.destroy()
}

/** @returns undefined where nobody speaks WebSocket */
async function openWebSocket(url: string, cookie: string): Promise<WebSocket | undefined> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    headers: { cookie },
  })
  socket.on('error', () => {})
  await Promise.race([happens(socket, 'open'), happens(socket, 'close'), pause(endMs)])
  return socket.readyState === socket.OPEN ? socket : undefined
}

async function hangUp(socket: WebSocket): Promise<void> {
  if (socket.readyState === socket.CLOSED) return
  socket.close()
  await Promise.race([happens(socket, 'close'), pause(1_000)])
  socket.terminate()
}

/** @returns the session's address; undefined where there is no Engine.IO */
async function pollingSession(url: string, cookie: string): Promise<string | undefined> {
  const at = `${url}/socket.io/?EIO=4&transport=polling`
  const response = await fetch(at, { headers: { cookie }, signal: AbortSignal.timeout(endMs) }).catch(
    () => undefined,
  )
  const sid = /"sid":"([^"]+)"/.exec((await response?.text().catch(() => '')) ?? '')?.[1]
  return sid && `${at}&sid=${sid}`
}

/** @returns the status; 0 when there was no answer */
async function ask(url: string, options: RequestInit): Promise<number> {
  const response = await fetch(url, { ...options, signal: AbortSignal.timeout(endMs) }).catch(() => undefined)
  await response?.text().catch(() => '')
  return response?.status ?? 0
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}

/** Unlike `once`, it does not mind an error that comes instead. */
function happens(emitter: EventEmitter, name: string): Promise<void> {
  return new Promise((resolve) => {
    emitter.once(name, () => resolve())
  })
}
