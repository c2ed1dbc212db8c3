import { once } from 'node:events'
import { createServer, request, type Server as HttpServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Server } from 'socket.io'
import { io, type Socket } from 'socket.io-client'
import { afterEach, expect, test } from 'vitest'
import { Advice } from '../terminal/advice.ts'
import { upgradeRequest } from '../../tests/support/traffic.ts'
import { openWire, type Wire, type WireOptions } from './open-wire.ts'

const toEnd: (() => unknown)[] = []
afterEach(async () => {
  for (const end of toEnd.splice(0).toReversed()) await end()
})

async function listening(server: HttpServer): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  toEnd.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A server that says back what it hears, and a wire in front of it. */
async function echoServer(options: Partial<WireOptions> = {}): Promise<Wire> {
  const server = createServer((_request, response) => response.end('plain HTTP'))
  const realtime = new Server(server)
  realtime.on('connection', (socket) => socket.on('echo', (text, answer) => answer(text)))
  toEnd.push(() => realtime.close())
  const wire = await openWire({ to: await listening(server), ...options })
  toEnd.push(() => wire.close())
  return wire
}

function client(wire: Wire, options: Parameters<typeof io>[1] = {}): Socket {
  const socket = io(wire.url, { forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 50, ...options })
  toEnd.push(() => socket.close())
  return socket
}

const connected = (socket: Socket) => new Promise<void>((resolve) => socket.once('connect', resolve))
const transport = (socket: Socket) => socket.io.engine.transport.name

test('without faults a client goes on from polling to WebSocket', async () => {
  const ann = client(await echoServer())
  await connected(ann)
  await expect.poll(() => transport(ann), { timeout: 20_000 }).toBe('websocket')
  expect(await ann.emitWithAck('echo', 'hi')).toBe('hi')
})

test('while WebSocket is refused a client stays on polling, and all arrives', async () => {
  const wire = await echoServer({ faults: { refuseWebSocket: true } })
  const ann = client(wire)
  await connected(ann)
  const refused = () => wire.records().filter(({ meaning }) => meaning.includes('The wire refuses WebSocket'))
  await expect.poll(refused).toHaveLength(1)
  for (let i = 0; i < 5; i++) expect(await ann.emitWithAck('echo', `message ${i}`)).toBe(`message ${i}`)
  expect(transport(ann)).toBe('polling')
  expect(wire.totals().all.upgrades).toBe(0)

  wire.setFaults({})
  const ben = client(wire)
  await expect.poll(() => ben.connected && transport(ben), { timeout: 20_000 }).toBe('websocket')
})

test('a client that wants WebSocket alone is refused, and comes in once it is allowed', async () => {
  const wire = await echoServer({ faults: { refuseWebSocket: true } })
  const ann = client(wire, { transports: ['websocket'] })
  await new Promise((resolve) => ann.once('connect_error', resolve))
  expect(ann.connected).toBe(false)
  wire.setFaults({ refuseWebSocket: false })
  await expect.poll(() => ann.connected).toBe(true)
})

test('an upgrade that comes after an answer without a body is refused, and told', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(304, { 'content-length': 5_000 }).end()
  })
  const wire = await openWire({ to: await listening(server), faults: { refuseWebSocket: true } })
  toEnd.push(() => wire.close())
  const guest = connect(wire.port, '127.0.0.1')
  toEnd.push(() => guest.destroy())
  guest.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(guest, 'data')
  guest.write(upgradeRequest())
  const [heard] = await once(guest, 'data')
  expect(String(heard)).toMatch('400 Bad Request')
  await once(guest, 'end')
  const answers = wire.records().filter(({ kind }) => kind === 'http.response')
  expect(answers.map(({ meaning }) => meaning.slice(0, 15))).toEqual(['304 Not Modifie', '400 Bad Request'])
})

test.each(['localhost', '127.0.0.1', '[::1]', 'wire.localhost'])(
  'a wire is not put in front of itself at %s',
  async (host) => {
    const wire = await openWire({})
    toEnd.push(() => wire.close())
    const itself = `http://${host}:${wire.port}`
    expect(() => wire.pointAt(itself)).toThrow(Advice)
    await wire.close()
    await expect(openWire({ to: itself, port: wire.port })).rejects.toThrow(/^http.* the wire itself listens/)
  },
)

test('when WebSocket is refused from now on, open ones are broken off, and the client goes on by polling', async () => {
  const wire = await echoServer()
  const ann = client(wire)
  await connected(ann)
  await expect.poll(() => transport(ann), { timeout: 20_000 }).toBe('websocket')
  const again = connected(ann)
  wire.setFaults({ refuseWebSocket: true })
  await again
  expect(await ann.emitWithAck('echo', 'hi')).toBe('hi')
  expect(transport(ann)).toBe('polling')
  const now = connected(ann)
  wire.setFaults({ refuseWebSocket: true, delayMs: 1 }) // still refused: nothing is broken off once more
  expect(await Promise.race([now, ann.emitWithAck('echo', 'there')])).toBe('there')
})

test('the request for a WebSocket is refused on a kept-alive connection too, however TCP cuts it up', async () => {
  const heard: string[] = []
  const server = createServer((message, response) => {
    heard.push(`${message.method} ${message.url}`)
    response.end(`answer to ${message.url}`)
  })
  server.on('upgrade', () => heard.push('an upgrade'))
  const wire = await openWire({ to: await listening(server), faults: { refuseWebSocket: true } })
  toEnd.push(() => wire.close())
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`
  for (const longest of [1, 40, 10_000]) {
    heard.length = 0
    const socket = connect(wire.port, '127.0.0.1').setNoDelay(true)
    let answers = ''
    socket.on('data', (part) => (answers += part))
    const ask = (bytes: Buffer) => {
      for (let at = 0; at < bytes.length; at += longest) socket.write(bytes.subarray(at, at + longest))
    }
    for (const path of ['/one', '/two']) {
      ask(Buffer.from(get(path)))
      await expect.poll(() => answers).toContain(`answer to ${path}`)
    }
    const closed = once(socket, 'close')
    ask(upgradeRequest())
    await closed
    expect(heard).toEqual(['GET /one', 'GET /two'])
    expect(answers).toMatch(/answer to \/twoHTTP\/1\.1 400 Bad Request[^]*The wire refuses/)
    const counted = () => wire.connections().at(-1)?.client
    await expect.poll(counted).toEqual({ sent: socket.bytesWritten, got: socket.bytesRead })
    expect(wire.connections().at(-1)?.server.got, 'nothing of it has gone on').toBe(
      get('/one').length + get('/two').length,
    )
  }
})

test('half a request that is kept back goes on when refusing ends', async () => {
  const wire = await echoServer({ faults: { refuseWebSocket: true } })
  const socket = connect(wire.port, '127.0.0.1')
  toEnd.push(() => socket.destroy())
  let answer = ''
  socket.on('data', (part) => (answer += part))
  socket.write('GET / HTTP/1.1\r\nHo')
  await expect.poll(() => wire.connections()[0]?.waiting.up).toBe(18)
  expect(wire.totals().all.bytesUp, 'counted before it is known what it begins').toBe(18)
  wire.setFaults({})
  expect(wire.connections()[0]?.server.got).toBe(18)
  socket.write('st: a\r\n\r\n')
  await expect.poll(() => answer).toContain('plain HTTP')
})

test('half a request that is kept back goes on when its client has ended', async () => {
  const wire = await echoServer({ faults: { refuseWebSocket: true } })
  const socket = connect(wire.port, '127.0.0.1')
  toEnd.push(() => socket.destroy())
  let answer = ''
  socket.on('data', (part) => (answer += part))
  socket.end('GET / HTTP/1.1\r\nHo')
  // The server has it, and says that it is half a request.
  await expect.poll(() => answer).toContain('400 Bad Request')
  expect(wire.connections()[0]?.server.got).toBe(18)
})

test('a cut breaks every connection off, refuses new ones, and lets clients back in', async () => {
  const wire = await echoServer()
  const ann = client(wire)
  await connected(ann)
  const reasons: string[] = []
  ann.on('disconnect', (reason) => reasons.push(reason))
  const over = wire.cut(3_600)
  await expect.poll(() => reasons).toHaveLength(1)
  expect(reasons[0]).toMatch(/transport (close|error)/)
  await expect.poll(() => wire.totals().all.packets['wire.refused']).toBeGreaterThan(0)
  expect(ann.connected).toBe(false)
  const back = connected(ann)
  void wire.cut(0)
  await Promise.all([over, back])
  expect(await ann.emitWithAck('echo', 'back again')).toBe('back again')
})

test('a download that a cut breaks off has a row, before the one that says that the connection is closed', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-length': 5_000 }).write('half of it')
  })
  const wire = await openWire({ to: await listening(server) })
  toEnd.push(() => wire.close())
  const guest = connect(wire.port, '127.0.0.1')
  toEnd.push(() => guest.destroy())
  guest.on('error', () => {}) // It is broken off.
  guest.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  let heard = ''
  guest.on('data', (piece) => (heard += String(piece)))
  await expect.poll(() => heard).toMatch('half of it')
  await wire.cut(0)
  const rows = () =>
    wire
      .records()
      .map(({ meaning }) => meaning)
      .slice(-2)
  await expect.poll(rows).toEqual(['200 OK · broken off: 10 of 5,000 bytes', 'connection 1 · closed'])
})

test('a cut ends by itself', async () => {
  const wire = await echoServer()
  // Between two polls a short cut may go by unnoticed.
  const ann = client(wire, { transports: ['websocket'] })
  await connected(ann)
  const back = connected(ann)
  await wire.cut(0.1)
  await back
  expect(await ann.emitWithAck('echo', 'back again')).toBe('back again')
})

for (const transports of [['polling'], ['websocket']]) {
  test(`a delay keeps the order, and takes its time, over ${transports}`, async () => {
    const wire = await echoServer()
    const ann = client(wire, { transports })
    await connected(ann)
    wire.setFaults({ delayMs: { up: 40, down: 20 } })
    const begin = performance.now()
    const answers: number[] = []
    for (let i = 0; i < 50; i++) ann.emit('echo', i, (answer: number) => answers.push(answer))
    await expect.poll(() => answers).toHaveLength(50)
    expect(performance.now() - begin, 'there and back').toBeGreaterThanOrEqual(60)
    expect(answers).toEqual(Array.from({ length: 50 }, (_, i) => i))
  })
}

test('a delay that is taken back in the middle does not let later bytes overtake', async () => {
  const wire = await echoServer()
  const ann = client(wire, { transports: ['websocket'] })
  await connected(ann)
  const answers: number[] = []
  for (let i = 0; i < 60; i++) {
    wire.setFaults({ delayMs: (i % 3) * 15 })
    ann.emit('echo', i, (answer: number) => answers.push(answer))
    await new Promise(setImmediate)
  }
  await expect.poll(() => answers).toHaveLength(60)
  expect(answers).toEqual(Array.from({ length: 60 }, (_, i) => i))
})

test('a trickle lets no more through than it says, and all of it', async () => {
  const wire = await echoServer()
  const ann = client(wire, { transports: ['websocket'] })
  await connected(ann)
  wire.setFaults({ bytesPerSecond: { up: 50_000 } })
  const begin = performance.now()
  const text = 'x'.repeat(20_000)
  expect(await ann.emitWithAck('echo', text)).toBe(text)
  // 20,000 bytes at 50,000 a second are 0.4 s; a portion of 0.05 s may go at once.
  expect(performance.now() - begin).toBeGreaterThanOrEqual(340)
})

test('faults that make no sense are refused with advice', async () => {
  const wire = await echoServer()
  expect(() => wire.setFaults({ delayMs: -1 })).toThrow(Advice)
  expect(() => wire.setFaults({ bytesPerSecond: Number.NaN })).toThrow(Advice)
  expect(() => wire.cut(-1)).toThrow(Advice)
  await expect(openWire({ to: 'https://localhost:5000' })).rejects.toThrow(/https/)
  await expect(openWire({ to: 'localhost' })).rejects.toThrow(Advice)
  await expect(openWire({ port: wire.port })).rejects.toThrow(/taken/)
})

test('six polls of one browser are recognised, five are not, and neither are six of a program', async () => {
  const waiting: (() => void)[] = []
  const server = createServer((_request, response) => waiting.push(() => response.end('6')))
  const wire = await openWire({ to: await listening(server), heldMs: 1 })
  toEnd.push(() => wire.close())
  const poll = (agent: string) =>
    request(`${wire.url}/socket.io/?EIO=4&transport=polling&sid=x`, {
      agent: false,
      headers: { 'User-Agent': agent },
    })
      .on('error', () => {})
      .end()
  const seen = () => wire.records().filter(({ kind }) => kind === 'wire.sixPolls')

  for (let i = 0; i < 6; i++) poll('node-XMLHttpRequest')
  for (let i = 0; i < 5; i++) poll('Mozilla/5.0 (this one)')
  for (let i = 0; i < 5; i++) poll('Mozilla/5.0 (that one)')
  await expect.poll(() => waiting).toHaveLength(16)
  expect(seen()).toEqual([])
  poll('Mozilla/5.0 (this one)')
  await expect.poll(seen).toHaveLength(1)
  expect(seen()[0]?.meaning).toMatch(/six long-polling connections .* one browser/)

  for (const answer of waiting.splice(0)) answer()
  const answered = () => wire.records().filter(({ kind }) => kind === 'http.response').length
  await expect.poll(answered).toBe(17)
  for (let i = 0; i < 6; i++) poll('Mozilla/5.0 (this one)')
  await expect.poll(seen).toHaveLength(2)
})

test('who listens hears each record once and in order, until they stop', async () => {
  const wire = await echoServer()
  const heard: number[] = []
  const stop = wire.on('record', ({ id }) => heard.push(id))
  const totals: number[] = []
  wire.on('totals', ({ all }) => totals.push(all.bytesDown))
  await fetch(wire.url, { headers: { connection: 'close' } }).then((response) => response.text())
  await expect.poll(() => wire.connections()[0]?.closedAt).toBeDefined()
  expect(heard).toEqual(wire.records().map(({ id }) => id))
  expect(wire.records(2).map(({ id }) => id)).toEqual(heard.slice(2))
  await expect.poll(() => totals.at(-1)).toBe(wire.totals().all.bytesDown)
  stop()
  wire.setFaults({})
  expect(wire.records()).toHaveLength(heard.length + 1)
})
