import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import {
  type Chance,
  chance,
  type Conversation,
  httpConversation,
  megabyte,
  pieces,
  unknownConversation,
  upgradeAnswer,
  webSocketConversation,
} from './support/traffic.ts'
import { openWire, type Wire, type WireOptions } from '../shared/wire/open-wire.ts'

// WIRE_SEEDS=2000 npx vitest run --project whole tests/through.test.ts  for a longer run.
const seeds = Number(process.env.WIRE_SEEDS ?? 60) // an even number
const bigBodyMegabytes = Number(process.env.WIRE_BODY_MB ?? 100)

const toEnd: (() => unknown)[] = []
afterEach(async () => {
  for (const end of toEnd.splice(0).toReversed()) await end()
})

/** A wire in front of a server whose connections the test holds in its hand. */
async function wireAndServer(options: Partial<WireOptions> = {}) {
  const visitors: Socket[] = []
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {})
    visitors.push(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const wire = await openWire({ to, ...options })
  toEnd.push(() => {
    for (const visitor of visitors) visitor.destroy()
    server.close()
  })
  toEnd.push(() => wire.close())

  /** A client's socket, and the server's socket that it has been put through to. */
  async function pair(): Promise<{ client: Socket; visitor: Socket }> {
    const client = connect({ port: wire.port, host: '127.0.0.1', allowHalfOpen: true })
    client.on('error', () => {})
    toEnd.push(() => client.destroy())
    const [visitor] = await once(server, 'connection')
    return { client, visitor }
  }
  return { wire, pair }
}

/** Everything that a socket hears, from now on. */
function ear(socket: Socket) {
  const heard: Buffer[] = []
  let length = 0
  const waiting: { length: number; done: () => void }[] = []
  socket.on('data', (bytes) => {
    heard.push(bytes)
    length += bytes.length
    for (const one of waiting) if (length >= one.length) one.done()
  })
  return {
    all: () => Buffer.concat(heard),
    atLeast: (wanted: number) =>
      new Promise<void>((done) => (length >= wanted ? done() : waiting.push({ length: wanted, done }))),
  }
}

async function say(socket: Socket, bytes: Buffer, random: Chance) {
  for (const piece of pieces(bytes, random, random.one([3, 200, 3_000]))) {
    if (!socket.write(piece)) await once(socket, 'drain')
    if (random.number(0, 3) === 0) await new Promise(setImmediate)
  }
}

/** Both say what they have to say and end, each in its own time; then what one said is what the other has heard. */
async function converse(
  { client, visitor }: { client: Socket; visitor: Socket },
  { up, down, before }: Conversation,
  random: Chance,
) {
  const [atClient, atVisitor] = [ear(client), ear(visitor)]
  const closed = Promise.all([once(client, 'close'), once(visitor, 'close')])
  await Promise.all([
    (async () => {
      await say(client, up.subarray(0, before), random)
      if (before < up.length) await atClient.atLeast(upgradeAnswer.length) // RFC 6455 §4.1
      await say(client, up.subarray(before), random)
      client.end()
    })(),
    (async () => {
      await atVisitor.atLeast(Math.min(before, up.length))
      await say(visitor, down, random)
      visitor.end()
    })(),
  ])
  await closed
  return { atServer: atVisitor.all(), atClient: atClient.all() }
}

async function expectTheSame(
  wire: Wire,
  seed: number,
  makers: ((random: Chance) => Conversation)[],
  pair: () => ReturnType<Awaited<ReturnType<typeof wireAndServer>>['pair']>,
) {
  const random = chance(seed)
  const conversation = random.one(makers)(random)
  const ends = await pair()
  const { atServer, atClient } = await converse(ends, conversation, random)
  expect(atServer.equals(conversation.up), `seed ${seed}: what the client said`).toBe(true)
  expect(atClient.equals(conversation.down), `seed ${seed}: what the server said`).toBe(true)

  await expect.poll(() => wire.connections().at(-1)?.closedAt).toBeDefined()
  const { client, server, totals } = wire.connections().at(-1)!
  const { client: clientSocket, visitor } = ends
  expect({ client, server }, `seed ${seed}: the sockets' own counters`).toEqual({
    client: { sent: clientSocket.bytesWritten, got: clientSocket.bytesRead },
    server: { sent: visitor.bytesWritten, got: visitor.bytesRead },
  })
  expect([totals.all.bytesUp, totals.all.bytesDown]).toEqual([visitor.bytesRead, clientSocket.bytesRead])
  const parts = [totals.http, totals.polling, totals.websocket, totals.other]
  expect(parts.reduce((sum, part) => sum + part.bytesUp, 0)).toBe(totals.all.bytesUp)
  expect(parts.reduce((sum, part) => sum + part.bytesDown, 0)).toBe(totals.all.bytesDown)
  return { totals, bytes: clientSocket.bytesWritten + clientSocket.bytesRead }
}

const makers = [httpConversation, webSocketConversation, unknownConversation]

test('what one side says the other hears, byte for byte, and both count the same', async () => {
  const { wire, pair } = await wireAndServer()
  let bytes = 0
  for (let seed = 1; seed <= seeds; seed++) bytes += (await expectTheSame(wire, seed, makers, pair)).bytes
  const { bytesUp, bytesDown, connections } = wire.totals().all
  expect(bytesUp + bytesDown).toBe(bytes)
  expect(connections).toBe(seeds)
})

test('valid traffic is read to its end: no decoder gives up, and every byte is under its transport', async () => {
  const { wire, pair } = await wireAndServer()
  for (let seed = 1; seed <= seeds / 2; seed++) {
    const { totals } = await expectTheSame(wire, seed, [httpConversation, webSocketConversation], pair)
    expect(totals.other.bytesUp + totals.other.bytesDown, `seed ${seed}`).toBe(0)
  }
  expect(wire.records().filter(({ kind }) => kind === 'wire.gaveUp')).toEqual([])
  expect(wire.totals().http.requests).toBeGreaterThan(0)
  expect(wire.totals().websocket.upgrades).toBeGreaterThan(0)
})

test('neither a delay, nor a trickle, nor refusing WebSocket changes a byte of what is not refused', async () => {
  const { wire, pair } = await wireAndServer()
  for (let seed = 1; seed <= seeds / 2; seed++) {
    const random = chance(-seed)
    wire.setFaults({
      delayMs: { up: random.number(0, 15), down: random.number(0, 15) },
      bytesPerSecond: random.one([0, 200_000, 1_000_000]),
      refuseWebSocket: random.number(0, 1) === 0,
    })
    await expectTheSame(wire, seed, [httpConversation, unknownConversation], pair)
  }
  expect(wire.totals().all.connections).toBe(seeds / 2)
})

test('faults that change in the middle of a conversation change no byte of it', async () => {
  const { wire, pair } = await wireAndServer()
  for (let seed = 1; seed <= seeds / 2; seed++) {
    const random = chance(seed * 31)
    const changing = setInterval(
      () =>
        wire.setFaults({
          delayMs: random.one([0, 3, 9]),
          bytesPerSecond: random.one([0, 0, 400_000]),
          refuseWebSocket: random.number(0, 1) === 0,
        }),
      1,
    )
    await expectTheSame(wire, seed, [httpConversation, unknownConversation], pair).finally(() =>
      clearInterval(changing),
    )
  }
  expect(wire.totals().all.connections).toBe(seeds / 2)
})

test(`a body of ${bigBodyMegabytes} MB arrives whole, in both directions at once`, async () => {
  const { wire, pair } = await wireAndServer()
  const { client, visitor } = await pair()
  const length = bigBodyMegabytes * megabyte.length
  const heads = {
    up: `POST /big HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n`,
    down: `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`,
  }
  const [up, down, atServer, atClient] = Array.from({ length: 4 }, () => createHash('sha256'))
  const hashes = { up: up!, down: down!, atServer: atServer!, atClient: atClient! }
  visitor.on('data', (bytes) => hashes.atServer.update(bytes))
  client.on('data', (bytes) => hashes.atClient.update(bytes))
  const closed = Promise.all([once(client, 'close'), once(visitor, 'close')])
  const tell = async (socket: Socket, direction: 'up' | 'down') => {
    for (let i = -1; i < bigBodyMegabytes; i++) {
      const bytes = i < 0 ? Buffer.from(heads[direction]) : megabyte
      hashes[direction].update(bytes)
      if (!socket.write(bytes)) await once(socket, 'drain')
    }
    socket.end()
  }
  await Promise.all([tell(client, 'up'), tell(visitor, 'down')])
  await closed
  expect(hashes.atServer.digest('hex')).toBe(hashes.up.digest('hex'))
  expect(hashes.atClient.digest('hex')).toBe(hashes.down.digest('hex'))
  const { http, all } = wire.totals()
  expect(http).toMatchObject({ bytesUp: length + heads.up.length, bytesDown: length + heads.down.length })
  expect(all.bytesUp).toBe(client.bytesWritten)
})

test('when the client has ended, the server can still talk', async () => {
  const { pair } = await wireAndServer()
  const { client, visitor } = await pair()
  const atClient = ear(client)
  visitor.resume()
  client.end('that is all')
  await once(visitor, 'end')
  visitor.write('one ')
  await atClient.atLeast(4)
  visitor.end('more')
  await once(client, 'close')
  expect(atClient.all().toString()).toBe('one more')
})

test('when the server has ended, the client can still talk', async () => {
  const { pair } = await wireAndServer()
  const { client, visitor } = await pair()
  const atVisitor = ear(visitor)
  client.resume()
  client.write('hello ')
  await atVisitor.atLeast(6)
  visitor.end()
  await once(client, 'end')
  client.end('still here')
  await once(visitor, 'close')
  expect(atVisitor.all().toString()).toBe('hello still here')
})

for (const delayMs of [0, 20]) {
  test(`a reset on one side is a reset on the other, under a delay of ${delayMs} ms`, async () => {
    const { wire, pair } = await wireAndServer({ faults: { delayMs } })
    for (const who of ['client', 'visitor'] as const) {
      const ends = await pair()
      const other = who === 'client' ? ends.visitor : ends.client
      const atOther = ear(other)
      ends[who].write('before the break')
      await atOther.atLeast(16)
      const broken = once(other, 'error')
      ends[who].resetAndDestroy()
      const [error] = await broken
      expect(error.code).toBe('ECONNRESET')
      expect(atOther.all().toString()).toBe('before the break')
      await expect
        .poll(() => wire.records().at(-1)?.meaning)
        .toContain(`closed, first by the ${who === 'client' ? 'guest' : 'server'}`)
    }
  })
}

test('a reset that comes together with the last bytes is a reset too', async () => {
  const { wire, pair } = await wireAndServer()
  const { client, visitor } = await pair()
  visitor.resume()
  const gone = once(visitor, 'close').catch(() => {})
  visitor.once('end', () => visitor.end())
  client.write('the last words')
  client.resetAndDestroy()
  await gone
  await expect.poll(() => wire.records().map(({ kind }) => kind)).toContain('wire.reset')
})

test('resets at random moments: what has arrived is the beginning of what was said', async () => {
  const { wire, pair } = await wireAndServer()
  for (let seed = 1; seed <= seeds / 2; seed++) {
    const random = chance(seed)
    const { up } = random.one(makers)(random)
    const { client, visitor } = await pair()
    const atVisitor = ear(visitor)
    const gone = once(visitor, 'close').catch(() => {}) // an 'error' comes before it, as a reset is one
    visitor.once('end', () => visitor.end()) // how Node tells of bytes and a reset that come together
    await say(client, up.subarray(0, random.number(0, up.length)), random)
    client.resetAndDestroy()
    await gone
    const heard = atVisitor.all()
    expect(up.subarray(0, heard.length).equals(heard), `seed ${seed}`).toBe(true)
  }
  await expect.poll(() => wire.connections().every(({ closedAt }) => closedAt !== undefined)).toBe(true)
})

test('cuts at random moments leave no connection behind', async () => {
  const { wire, pair } = await wireAndServer()
  for (let seed = 1; seed <= seeds / 2; seed++) {
    const random = chance(seed)
    const { up, down } = random.one(makers)(random)
    const { client, visitor } = await pair()
    for (const socket of [client, visitor]) socket.resume()
    client.write(up)
    visitor.write(down)
    for (let i = random.number(0, 5); i > 0; i--) await new Promise(setImmediate)
    if (random.number(0, 1) === 0) client.end()
    if (random.number(0, 1) === 0) visitor.end()
    for (let i = random.number(0, 3); i > 0; i--) await new Promise(setImmediate)
    await wire.cut(0)
  }
  await expect.poll(() => wire.connections().filter(({ closedAt }) => !closedAt)).toEqual([])
  expect(wire.totals().all.connections).toBe(seeds / 2)
})

test('a cut in the very moment of an end leaves no connection behind', async () => {
  const { wire, pair } = await wireAndServer()
  wire.on('record', ({ kind }) => {
    if (kind === 'http.response') void wire.cut(0) // the client's end is on its way out, and not there yet
  })
  const { client, visitor } = await pair()
  client.write('GET / HTTP/1.1\r\n\r\n')
  await once(visitor, 'data')
  visitor.end('HTTP/1.1 200 OK\r\n\r\na body that ends with its connection')
  await expect.poll(() => wire.connections()[0]?.closedAt).toBeDefined()
})

test('when nothing answers at the address, the client is told so by a break, and the ladder by a sentence', async () => {
  const nobody = createServer().listen(0, '127.0.0.1')
  await once(nobody, 'listening')
  const { port } = nobody.address() as AddressInfo
  nobody.close()
  await once(nobody, 'close')
  const wire = await openWire({ to: `http://127.0.0.1:${port}` })
  toEnd.push(() => wire.close())
  const [error] = await once(connect(wire.port, '127.0.0.1'), 'error')
  expect(error.code).toBe('ECONNRESET')
  expect(wire.records()[0]?.meaning).toContain(`nothing answers at http://127.0.0.1:${port}`)
})

test('a reader that does not read makes the sender wait, and the wire holds little meanwhile', async () => {
  const { wire, pair } = await wireAndServer()
  for (const direction of ['up', 'down'] as const) {
    const { client, visitor } = await pair()
    const [sender, reader] = direction === 'up' ? [client, visitor] : [visitor, client]
    const offered = 64
    for (let i = 0; i < offered; i++) sender.write(megabyte)
    const taken = () => {
      const connection = wire.connections().at(-1)!
      return direction === 'up' ? connection.client.sent : connection.server.sent
    }
    await standsStill(taken)
    expect(taken()).toBeGreaterThan(0)
    expect(taken()).toBeLessThan(offered * megabyte.length)
    expect(wire.connections().at(-1)!.waiting[direction]).toBeLessThan(1.2 * megabyte.length)

    const arrived = createHash('sha256')
    reader.on('data', (bytes) => arrived.update(bytes))
    sender.end()
    await once(reader, 'end')
    const said = createHash('sha256')
    for (let i = 0; i < offered; i++) said.update(megabyte)
    expect(arrived.digest('hex')).toBe(said.digest('hex'))
  }
})

test('a long delay makes the sender wait too, instead of piling up what it sends', async () => {
  const { wire, pair } = await wireAndServer({ faults: { delayMs: 3_600_000 } })
  const { client } = await pair()
  for (let i = 0; i < 64; i++) client.write(megabyte)
  await standsStill(() => wire.connections()[0]!.client.sent)
  expect(wire.connections()[0]!.waiting.up).toBeGreaterThan(0)
  expect(wire.connections()[0]!.waiting.up).toBeLessThan(1.2 * megabyte.length)
})

/** Waits until a figure has not changed for twenty looks in a row. */
async function standsStill(figure: () => number) {
  let last = -1
  let looks = 0
  const options = { timeout: 20_000, interval: 10 }
  await expect
    .poll(() => {
      looks = figure() === last ? looks + 1 : 0
      last = figure()
      return looks
    }, options)
    .toBeGreaterThan(20)
}
