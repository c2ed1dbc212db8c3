import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { Decoder } from './decode.ts'
import { explain } from './explain.ts'
import { meterInto, zeroTotals } from './meter.ts'
import { type NewRecord, RecordLog } from './record-log.ts'
import type { Direction, WireRecord } from './record.ts'
import {
  chance,
  frame,
  httpConversation,
  megabyte,
  pieces,
  unknownConversation,
  upgradeAnswer,
  upgradeRequest,
  webSocketConversation,
} from '../../tests/support/traffic.ts'

// WIRE_GARBAGE=100000 npx vitest run shared/wire/decode.test.ts  for a longer run.
const garbage = Number(process.env.WIRE_GARBAGE ?? 1_500)

type Said = [direction: Direction, bytes: Buffer | string]

/** Lets a decoder read a conversation, and hands back what it has understood and counted. */
function read(conversation: Said[]) {
  const records: WireRecord[] = []
  const totals = zeroTotals()
  const log = new RecordLog()
  let exchange = 0
  const meter = meterInto(totals)
  const reader = new Decoder({
    meter,
    emit(what) {
      const record = log.add(1, what)
      records.push(record)
      meter.record(record)
      return record
    },
    polls: { open: () => () => {}, stop() {} },
    sessionOf: () => ({}),
    nextExchange: () => ++exchange,
  })
  for (const [direction, bytes] of conversation) reader.read(direction, Buffer.from(bytes))
  reader.end('up')
  reader.end('down')
  reader.close()
  return { records, totals, meanings: records.map(({ direction, meaning }) => `${direction} ${meaning}`) }
}

const get = 'GET /messages?after=3 HTTP/1.1\r\nHost: localhost\r\n\r\n'
const answer = (body: string | Buffer, ...headers: string[]) =>
  Buffer.concat([
    Buffer.from(
      `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n` +
        `${headers.map((line) => `${line}\r\n`).join('')}\r\n`,
    ),
    Buffer.from(body),
  ])
const mask = Buffer.of(1, 2, 3, 4)

test('a request and its answer, in plain words', () => {
  const { meanings, totals, records } = read([
    ['up', get],
    ['down', answer('[]')],
  ])
  expect(meanings).toEqual(['up GET /messages?after=3', 'down 200 OK · 2 bytes · []'])
  expect(records.map(({ bytes }) => bytes)).toEqual([get.length, answer('[]').length])
  expect(totals.http).toMatchObject({ requests: 1, bytesUp: get.length, connections: 1 })
})

test('requests that come before the answers to earlier ones find their own answers', () => {
  const { records } = read([
    ['up', get + get.replace('3', '4') + get.replace('GET', 'HEAD')],
    [
      'down',
      Buffer.concat([
        answer('[]'),
        answer('[4]'),
        Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'),
      ]),
    ],
    ['up', get],
    ['down', 'HTTP/1.1 304 Not Modified\r\n\r\n'],
  ])
  expect(records.map(({ direction, exchange }) => `${direction} ${exchange}`)).toEqual([
    'up 1',
    'up 2',
    'up 3',
    'down 1',
    'down 2',
    'down 3',
    'up 4',
    'down 4',
  ])
})

test('a long head after a long body in the same piece is not too long', () => {
  const head = 'POST / HTTP/1.1\r\nContent-Length: 65000\r\n'.length + 4
  const post = `POST / HTTP/1.1\r\nContent-Length: 65000\r\nX: ${'x'.repeat(65_536 - 65_000 - head - 3)}\r\n\r\n${'b'.repeat(65_000)}`
  const next = `GET /next HTTP/1.1\r\nX: ${'x'.repeat(30_000)}\r\n\r\n`
  const { meanings } = read([
    ['up', post],
    ['up', next.slice(0, 20_000)],
    ['up', next.slice(20_000)],
  ])
  expect(post).toHaveLength(65_536)
  expect(meanings.map((words) => words.slice(0, 9))).toEqual(['up POST /', 'up GET /n'])
})

test('an interim answer is not the answer', () => {
  const { meanings, records } = read([
    ['up', 'POST /messages HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n'],
    ['down', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['up', '{}'],
    ['down', 'HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n'],
  ])
  expect(records.map(({ exchange }) => exchange)).toEqual([1, 1, 1])
  expect(meanings).toEqual(['down 100 Continue', 'up POST /messages · 2 bytes', 'down 201 Created'])
})

test.each([
  ['304 Not Modified', 'GET', 'Content-Length: 5000'],
  ['204 No Content', 'GET', 'Content-Length: 5000'],
  ['204 No Content', 'GET', 'Transfer-Encoding: chunked'],
  ['200 OK', 'HEAD', 'Content-Type: text/event-stream'],
])('a %s to %s has no body, whatever its head says of one', (status, method, line) => {
  const { meanings } = read([
    ['up', get.replace('GET', method)],
    ['down', `HTTP/1.1 ${status}\r\n${line}\r\n\r\n`],
    ['up', get],
    ['down', answer('[]')],
  ])
  expect(meanings.slice(1)).toEqual([
    `down ${status}`,
    'up GET /messages?after=3',
    'down 200 OK · 2 bytes · []',
  ])
})

test('an interim answer with a length has no body either', () => {
  const { meanings } = read([
    ['up', get],
    ['down', 'HTTP/1.1 103 Early Hints\r\nContent-Length: 5000\r\n\r\n'],
    ['down', answer('[]')],
  ])
  expect(meanings.slice(1)).toEqual(['down 103 Early Hints', 'down 200 OK · 2 bytes · []'])
})

const upload = 'POST /upload HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\n'
const thousand = 'x'.repeat(1_000)

test.each([
  ['with a length', 'Content-Length: 5000\r\n\r\nnaï', '4 of 5,000 bytes'],
  ['in chunks', 'Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n9\r\nef', '6 bytes'],
])('a download %s that is broken off says how far it came', (_what, rest, progress) => {
  const text = `HTTP/1.1 200 OK\r\n${rest}`
  const { meanings, records, totals } = read([
    ['up', get],
    ['down', text],
  ])
  expect(meanings[1]).toBe(`down 200 OK · broken off: ${progress}`)
  expect(records[1]).toMatchObject({ kind: 'http.response', shortened: true, exchange: 1 })
  expect([records[1]?.bytes, totals.http.bytesDown]).toEqual(Array(2).fill(Buffer.byteLength(text)))
})

test('an upload that does not come to its end says how far it came', () => {
  const { meanings, records } = read([
    ['up', upload + thousand],
    ['up', thousand],
  ])
  expect(meanings).toEqual(['up POST /upload · broken off: 2,000 of 5,000 bytes'])
  expect(records[0]).toMatchObject({ bytes: upload.length + 2_000, shortened: true })
})

const tooLarge = 'HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n'

test('an answer before the end of its request stands behind it, and the rest of the request by itself', () => {
  const { meanings, records } = read([
    ['up', upload + thousand],
    ['down', tooLarge],
    ['up', thousand.repeat(3)],
    ['up', thousand + get],
    ['down', answer('[]')],
  ])
  expect(meanings).toEqual([
    'up POST /upload · answered before its end: 1,000 of 5,000 bytes',
    'down 413 Content Too Large',
    'up POST /upload · the rest of it · 4,000 bytes',
    'up GET /messages?after=3',
    'down 200 OK · 2 bytes · []',
  ])
  expect(records.map(({ exchange }) => exchange)).toEqual([1, 1, 1, 2, 2])
  expect(records.map(({ bytes }) => bytes)).toEqual([
    upload.length + 1_000,
    tooLarge.length,
    4_000,
    get.length,
    answer('[]').length,
  ])
})

test('the rest of an answered request that does not come is told as far as it came', () => {
  const answered: Said[] = [
    ['up', upload],
    ['down', tooLarge],
  ]
  const early = ['up POST /upload · answered before its end: 0 of 5,000 bytes', 'down 413 Content Too Large']
  expect(read(answered).meanings).toEqual(early)
  const rest = 'up POST /upload · the rest of it, broken off · 1,000 bytes'
  expect(read([...answered, ['up', thousand]]).meanings).toEqual([...early, rest])
})

test('a chunked body is put together, and its chunk lengths count as bytes', () => {
  const body =
    'POST /m HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"te\r\nc;x=1\r\nxt":"hello"}\r\n0\r\nTrailer: 1\r\n\r\n'
  const { records, totals } = read([['up', body]])
  expect(records[0]?.body.toString()).toBe('{"text":"hello"}')
  expect(records[0]).toMatchObject({ bytes: body.length, payload: 5 })
  expect(totals.http.payloadUp).toBe(5)
})

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
] as const)('a body compressed by %s is shown as it was before', (coding, compress) => {
  const text = JSON.stringify([{ id: 1, text: 'hello '.repeat(20) }])
  const { records } = read([
    ['up', get],
    ['down', answer(compress(text), `Content-Encoding: ${coding}`)],
  ])
  expect(records[1]?.body.toString()).toBe(text)
  expect(records[1]?.bytes).toBe(answer(compress(text), `Content-Encoding: ${coding}`).length)
})

test('a body that calls itself gzip and is none is shown as it came', () => {
  const { records } = read([
    ['up', get],
    ['down', answer('no gzip', 'Content-Encoding: gzip')],
    ['up', get],
    ['down', answer('[]')],
  ])
  expect(records[1]?.body.toString()).toBe('no gzip')
  expect(records[3]?.meaning).toBe('200 OK · 2 bytes · []')
})

test('a few bytes of gzip that hold a gigabyte stay packed', () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
  const { records } = read([
    ['up', get],
    ['down', answer(bomb, 'Content-Encoding: gzip')],
  ])
  expect(records[1]?.body.equals(bomb.subarray(0, 16 * 1024))).toBe(true)
})

test('events that a server streams are told as they come', () => {
  const { meanings } = read([
    ['up', get],
    ['down', 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n'],
    ['down', 'event: reload\n\n'],
  ])
  expect(meanings.slice(1)).toEqual(['down 200 OK · a stream that stays open', 'down stream · event: reload'])
})

test('events are told one by one, however chunks and TCP cut them up', () => {
  const events = [
    'data: naïve “quotes” 👋\n\n',
    ': still here\r\n\r\n',
    '\nid: 3\r\ndata: 3\rdata: 4\r\r',
    'data: no end',
  ]
  const body = Buffer.from(events.join(''))
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n'
  for (const longest of [1, 3, 10, 1_000]) {
    const chunks = pieces(body, chance(longest), longest).flatMap((piece) => [
      Buffer.from(`${piece.length.toString(16)}\r\n`),
      piece,
      Buffer.from('\r\n'),
    ])
    const said = pieces(Buffer.concat(chunks), chance(1), longest)
    const { meanings, records } = read([
      ['up', get],
      ['down', head],
      ...said.map((piece): Said => ['down', piece]),
    ])
    expect(meanings.slice(2), `pieces of ${longest} at most`).toEqual([
      'down stream · data: naïve “quotes” 👋',
      'down stream · : still here',
      'down stream · id: 3␍⏎data: 3␍data: 4',
      'down stream · data: no end',
    ])
    expect(records.slice(2).map(({ body: event }) => event.toString())).toEqual(events)
    expect(records.slice(2).map(({ bytes }) => bytes)).toEqual(
      events.map((event) => Buffer.byteLength(event)),
    )
  }
})

test('an event without an end is counted to the byte, and costs a beginning', () => {
  const { records } = read([
    ['up', get],
    ['down', 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n'],
    ...Array.from({ length: 1_000 }, (): Said => ['down', 'data: ☃\n'.repeat(10)]),
    ['down', '\n'],
  ])
  expect(records).toHaveLength(3)
  expect(records[2]).toMatchObject({ bytes: 100_001, shortened: true })
  expect(records[2]?.body.length).toBe(16 * 1024)
})

test('the pieces of a stream that is compressed are told by their size', () => {
  const { meanings } = read([
    ['up', get],
    ['down', 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n\r\n'],
    ['down', gzipSync('data: 1\n\n').subarray(0, 12)],
  ])
  expect(meanings[2]).toBe('down stream · 12 bytes, compressed by gzip')
})

test('a head is read a byte a character, as it was on the wire', () => {
  const { meanings, records } = read([
    ['up', Buffer.from('GET /caf\xe9 HTTP/1.1\r\n\r\n', 'latin1')],
    ['down', Buffer.from('HTTP/1.1 200 Tr\xe8s bien\r\nContent-Length: 0\r\n\r\n', 'latin1')],
  ])
  expect(meanings).toEqual(['up GET /café', 'down 200 Très bien'])
  expect(explain(records[0]!)[1]?.text).toBe(' /café')
})

test('a long text that is cut in the middle of a character is a text all the same', () => {
  const { records } = read([
    ['up', get],
    ['down', answer(Buffer.from(JSON.stringify('x'.repeat(16_382) + '☃☃')))],
  ])
  expect(records[1]).toMatchObject({ shortened: true })
  expect(explain(records[1]!).at(-1)?.text).toMatch(/^"xxx/)
})

test('a body that ends with its connection is told at the end', () => {
  const parts = ['HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nHello ', 'World!']
  const { meanings, records, totals } = read([['up', get], ...parts.map((part): Said => ['down', part])])
  expect(meanings[1]).toBe('down 200 OK · 12 bytes · Hello World!')
  expect([records[1]?.bytes, totals.http.bytesDown]).toEqual(Array(2).fill(parts.join('').length))
})

test('an upgrade that the server declines leaves HTTP as it was', () => {
  const { meanings, totals } = read([
    ['up', upgradeRequest()],
    ['down', 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'],
    ['up', get],
    ['down', answer('[]')],
  ])
  expect(meanings).toEqual([
    'up GET /socket.io/ · asks to go on as WebSocket',
    'down 400 Bad Request',
    'up GET /messages?after=3',
    'down 200 OK · 2 bytes · []',
  ])
  expect(totals.all.upgrades).toBe(0)
})

test('a server that does not care for the protocol that is asked for goes on in HTTP', () => {
  const wish = 'Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 2\r\n\r\n{}'
  const { meanings, totals } = read([
    ['up', `POST /messages HTTP/1.1\r\n${wish}${get}`],
    ['down', Buffer.concat([answer('[]'), answer('[3]')])],
  ])
  expect(meanings.map((words) => words.slice(0, 12))).toEqual([
    'up POST /mes',
    'up GET /mess',
    'down 200 OK ',
    'down 200 OK ',
  ])
  expect(totals.other.bytesUp).toBe(0)
})

test('WebSocket messages: text, fragments with a ping between them, binary, compressed, and the end', () => {
  const { meanings, records, totals } = read([
    ['up', upgradeRequest('/live')],
    ['down', upgradeAnswer],
    ['up', frame(1, Buffer.from('hello'), { mask })],
    ['up', frame(1, Buffer.from('in '), { mask, last: false })],
    ['up', frame(9, Buffer.from('?'), { mask })],
    ['up', frame(0, Buffer.from('two'), { mask })],
    ['down', frame(10, Buffer.from('?'))],
    ['down', frame(2, Buffer.alloc(300))],
    ['down', frame(2, Buffer.alloc(70_000))],
    ['down', frame(1, deflateRawSync('hello'), { compressed: true })],
    ['up', frame(8, Buffer.from([3, 233, 98, 121, 101]), { mask })],
    ['down', frame(8, Buffer.alloc(0))],
  ])
  expect(meanings.slice(1)).toEqual([
    'down 101 Switching Protocols · from here on it is WebSocket',
    'up text · hello',
    'up WebSocket ping · ?',
    'up text · in two · in 2 fragments',
    'down WebSocket pong · ?',
    'down binary · 300 bytes',
    'down binary · 70,000 bytes',
    `down compressed · ${deflateRawSync('hello').length} bytes by permessage-deflate`,
    'up WebSocket close · 1001 going away · bye',
    'down WebSocket close · 1005 no reason given',
  ])
  expect(records.map(({ bytes }) => bytes).slice(2)).toEqual([11, 7, 18, 3, 304, 70_010, 9, 11, 2])
  expect(totals.websocket).toMatchObject({ upgrades: 1, payloadUp: 11, payloadDown: 70_300, requests: 1 })
})

test('a WebSocket message of 20 MB is counted to the byte, and costs a beginning', () => {
  const long = frame(1, Buffer.concat(Array.from({ length: 20 }, () => megabyte)), { mask })
  const { records } = read([
    ['up', upgradeRequest('/live')],
    ['down', upgradeAnswer],
    ...pieces(long, chance(1), 100_000).map((piece): Said => ['up', piece]),
    ['up', frame(1, Buffer.from('after it'), { mask })],
  ])
  expect(records[2]).toMatchObject({ bytes: long.length, shortened: true })
  expect(records[2]?.meaning).toBe('text · 20,971,534 bytes, too long to be read here')
  expect(records[3]?.meaning).toBe('text · after it')
})

test.each([
  ['42["new message","hi"]', 'new message “hi”', 2],
  ['420["new message","hi"]', 'new message “hi” · acknowledgement 0 wanted', 2],
  ['42/test,["send_to_all",{"data":"hé"}]', 'send_to_all · namespace /test · data: hé', 3],
  ['43/test,12[{"ok":true}]', '✓ acknowledgement 12 · namespace /test · ok: true', 0],
  ['40', 'connect', 0],
  ['40/test,', 'connect · namespace /test', 0],
  ['41', 'disconnect', 0],
  ['437[{"ok":false,"error":"Too long."}]', '✗ acknowledgement 7 “Too long.” · ok: false', 9],
  ['42["new message",{"username":"ann","message":"hi"}]', 'new message “hi” · username: ann', 5],
  ['44{"message":"no"}', 'connect error · message: no', 0],
  ['451-["pic",{"_placeholder":true,"num":0}]', 'pic · (attachment) · 1 attachment follows', 0],
  ['2', 'ping', 0],
  ['3', 'pong', 0],
  ['2probe', 'ping · probe', 0],
  ['3probe', 'pong · probe', 0],
  ['5', 'upgrade', 0],
  ['6', 'noop · nothing to say', 0],
  ['1', 'close', 0],
  ['4hello', '“hello”', 5],
  ['9', 'no packet that Engine.IO knows · parser error', 0],
])('%s reads: %s', (packet, meaning, payload) => {
  const { records } = read([
    ['up', upgradeRequest()],
    ['down', upgradeAnswer],
    ['up', frame(1, Buffer.from(packet), { mask })],
  ])
  expect(records[2]).toMatchObject({ meaning, payload })
  expect(
    explain(records[2]!)
      .slice(3)
      .map(({ text }) => text)
      .join(''),
    'the parts are the whole',
  ).toBe(packet)
})

test('each part of a packet has its own explanation', () => {
  const { records } = read([
    ['up', upgradeRequest()],
    ['down', upgradeAnswer],
    ['up', frame(1, Buffer.from('42/test,7["echo","hi"]'), { mask })],
  ])
  expect(explain(records[2]!)).toEqual([
    { text: '81', meaning: 'WebSocket frame: text; the last frame of its message' },
    { text: '96', meaning: 'masked, as all that guests send; 22 bytes follow' },
    {
      text: '01 02 03 04',
      meaning: 'the mask: on the wire each byte after it is mixed with one of these; below it is undone',
    },
    { text: '4', meaning: 'Engine.IO: message: for the program above' },
    { text: '2', meaning: 'Socket.IO: event' },
    { text: '/test,', meaning: 'the namespace /test' },
    { text: '7', meaning: 'the sender wants an answer, marked 7' },
    { text: '["echo","hi"]', meaning: "the event's name and its arguments, as JSON" },
  ])
  const head = explain(records[0]!).map(({ text }) => text)
  expect(head.join('')).toBe(upgradeRequest().toString())
  expect(head).toContain('?EIO=4')
})

test('a polling body is a list of packets, each with its own record', () => {
  const body = '42["new message","one"]\x1e2\x1ebaGVsbG8='
  const { records, totals } = read([
    [
      'up',
      `POST /socket.io/?EIO=4&transport=polling&sid=s HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    ],
    ['down', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok'],
  ])
  expect(records.map(({ meaning }) => meaning)).toEqual([
    'POST /socket.io/ · polling · 3 packets',
    'new message “one”',
    'ping',
    '5 bytes of binary',
    '200 OK · 2 bytes · ok',
  ])
  expect(records.slice(1, 4).map(({ within }) => within)).toEqual([1, 1, 1])
  expect(records.slice(1, 4).reduce((sum, { bytes }) => sum + bytes, 2)).toBe(body.length)
  expect(totals.polling).toMatchObject({ payloadUp: 8, requests: 1 })
  expect(totals.http.requests).toBe(0)
})

test('a client cannot rewrite the terminal that the ladder is printed on', () => {
  const { records } = read([
    ['up', upgradeRequest()],
    ['down', upgradeAnswer],
    ['up', frame(1, Buffer.from(`42["echo",${JSON.stringify('\x1b[2J\x9b31m\nend')}]`), { mask })],
  ])
  expect(records[2]?.meaning).toBe('echo “␛[2J�31m⏎end”')
})

const makers = [httpConversation, webSocketConversation, unknownConversation]

test('however TCP cuts it up, a conversation reads the same', () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = chance(seed)
    const { up, down, before } = random.one(makers)(random)
    const inOrder = (cut: (bytes: Buffer) => Buffer[]): Said[] => [
      ...cut(up.subarray(0, before)).map((piece): Said => ['up', piece]),
      ...cut(down).map((piece): Said => ['down', piece]),
      ...cut(up.subarray(before)).map((piece): Said => ['up', piece]),
    ]
    const whole = read(inOrder((bytes) => [bytes]))
    const cut = read(inOrder((bytes) => pieces(bytes, random, random.one([1, 7, 500]))))
    const about = ({ meanings, totals }: ReturnType<typeof read>) => ({ meanings, totals })
    expect(about(cut), `seed ${seed}`).toEqual(about(whole))
  }
})

test('garbage: random bytes, flipped bits, cut ends. No byte is changed or uncounted, and nothing is thrown', () => {
  for (let seed = 1; seed <= garbage; seed++) {
    const random = chance(seed)
    const { up, down } = random.one(makers)(random)
    const spoil = (bytes: Buffer) => {
      const spoilt = Buffer.from(bytes)
      for (let i = random.number(0, 4); i > 0 && spoilt.length > 0; i--) {
        spoilt[random.number(0, spoilt.length - 1)] = random.number(0, 255)
      }
      return spoilt.subarray(0, random.number(0, 2) === 0 ? random.number(0, spoilt.length) : spoilt.length)
    }
    const sides = { up: pieces(spoil(up), random, 400), down: pieces(spoil(down), random, 400) }
    const said: Said[] = []
    while (sides.up.length + sides.down.length > 0) {
      const direction = random.one(['up', 'down'] as const)
      const piece = sides[direction].shift()
      if (piece) said.push([direction, piece])
    }
    const before = said.map(([, bytes]) => Buffer.from(bytes))
    const { totals, records } = read(said)
    expect(
      said.every(([, bytes], i) => before[i]!.equals(Buffer.from(bytes))),
      `seed ${seed}`,
    ).toBe(true)
    const sum = (direction: Direction) =>
      said.filter(([one]) => one === direction).reduce((bytes, [, piece]) => bytes + piece.length, 0)
    expect([totals.all.bytesUp, totals.all.bytesDown], `seed ${seed}`).toEqual([sum('up'), sum('down')])
    expect(records.filter(({ kind }) => kind === 'wire.gaveUp').length, `seed ${seed}`).toBeLessThan(2)
    for (const record of records) expect(explain(record), `seed ${seed}`).toBeInstanceOf(Array)
  }
})

test.each([
  ['a content length below zero', 'POST /12345 HTTP/1.1\r\nContent-Length: -45\r\n\r\n'],
  ['a chunk length below zero', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n-5\r\n'],
  ['a content length that is no number', 'POST / HTTP/1.1\r\nContent-Length: five\r\n\r\n'],
  ['a tunnel', 'CONNECT localhost:443 HTTP/1.1\r\nHost: localhost:443\r\n\r\n'],
  ['an upgrade that is not waited for', `${upgradeRequest()}too early`],
  ['a head without end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(100_000)}`],
  [
    'a chunk length without end',
    `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;${'x'.repeat(150_000)}`,
  ],
])('%s ends the reading, and not the program', (_what, bytes) => {
  const { records, totals } = read([
    ...pieces(Buffer.from(bytes), chance(1), 30_000).map((piece): Said => ['up', piece]),
    ['up', 'more'],
  ])
  expect(records.filter(({ kind }) => kind === 'wire.gaveUp')).toHaveLength(1)
  expect(totals.all.bytesUp).toBe(bytes.length + 4)
})

test.each([
  ['nested deeper than a stack', `42["deep",${'['.repeat(200_000)}${']'.repeat(200_000)}]`],
  ['with more attachments than anybody sends', `45999999999-["many",{"_placeholder":true,"num":0}]`],
  ['with a name that objects have', '42["__proto__",{"__proto__":{"polluted":1}}]'],
])('a packet %s is passed over', (_what, packet) => {
  const { records } = read([
    ['up', upgradeRequest()],
    ['down', upgradeAnswer],
    ['up', frame(1, Buffer.from(packet), { mask })],
    ['up', frame(1, Buffer.from('42["echo","still here"]'), { mask })],
  ])
  expect(records.at(-1)?.meaning).toBe('echo “still here”')
  expect(explain(records[2]!)).toBeInstanceOf(Array)
})

test('a body of a million packets is read as far as anybody would', () => {
  const body = Array.from({ length: 1_000_000 }, () => '2').join('\x1e')
  const { records } = read([
    ['up', `POST /?EIO=4&transport=polling HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`],
  ])
  expect(records).toHaveLength(10_002)
  expect(records.at(-1)?.meaning).toBe('the rest of this body is no list of packets')
})

test('the last records are kept, and their bytes do not pile up', () => {
  const log = new RecordLog({ maxRecords: 100, maxBytes: 5_000, maxPartBytes: 1_000 })
  const record: NewRecord = { direction: 'up', transport: 'other', kind: 'wire.fault', bytes: 0, meaning: '' }
  for (let i = 0; i < 1_000; i++) log.add(1, record)
  expect(log.since(0).map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, i) => 901 + i))
  expect(log.since(998).map(({ id }) => id)).toEqual([999, 1_000])
  expect(log.since(1_000)).toEqual([])
  for (let i = 0; i < 50; i++) log.add(1, { ...record, body: Buffer.alloc(3_000) })
  expect(log.since(0)).toHaveLength(5)
  expect(log.since(0).every(({ body, shortened }) => body.length === 1_000 && shortened)).toBe(true)
})
