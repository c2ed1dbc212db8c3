// What the wire's tests send through it: random, and the same again for the same seed.
import { randomBytes } from 'node:crypto'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { randomFrom } from '../../bench/numbers.ts'

/** Random numbers that a seed decides */
export interface Chance {
  /** a whole number from `least` up to and with `most` */
  number(least: number, most: number): number
  bytes(length: number): Buffer
  text(length: number): string
  one<T>(list: readonly T[]): T
}

export function chance(seed: number): Chance {
  const next = randomFrom(seed)
  const number = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  const letters = [...'abc XYZ"\\/é€👋\n{}[]0123456789']
  return {
    number,
    bytes: (length) => Buffer.from(Array.from({ length }, () => number(0, 255))),
    text: (length) => Array.from({ length }, () => letters[number(0, letters.length - 1)]).join(''),
    one: (list) => list[number(0, list.length - 1)]!,
  }
}

/** Cuts bytes into pieces of random lengths, as TCP may deliver them. */
export function pieces(bytes: Buffer, { number }: Chance, longest: number): Buffer[] {
  const all: Buffer[] = []
  for (let at = 0; at < bytes.length;) {
    const length = number(1, longest)
    all.push(bytes.subarray(at, at + length))
    at += length
  }
  return all
}

/** What both sides of a connection say. */
export interface Conversation {
  up: Buffer
  down: Buffer
  /** how much of `up` the guest may say before it has heard an answer; the rest would be out of turn */
  before: number
}

/** Requests and answers, kept alive and pipelined; bodies with a length, chunked, and compressed. */
export function httpConversation(random: Chance): Conversation {
  const up: Buffer[] = []
  const down: Buffer[] = []
  for (let i = random.number(1, 6); i > 0; i--) {
    const method = random.one(['GET', 'POST', 'PUT'])
    const head = `${method} /thing/${i}?q=${random.number(0, 99)} HTTP/1.1\r\nHost: localhost\r\n`
    up.push(Buffer.from(head), method === 'GET' ? Buffer.from('\r\n') : body(random))
    down.push(Buffer.from('HTTP/1.1 200 OK\r\nX-Number: 1\r\n'), body(random))
  }
  const said = Buffer.concat(up)
  return { up: said, down: Buffer.concat(down), before: said.length }
}

/** The headers that a body needs, the empty line, and the body. */
function body(random: Chance): Buffer {
  const plain = random.one([
    () => random.bytes(random.number(0, 3_000)),
    () => Buffer.from(JSON.stringify({ text: random.text(random.number(0, 400)) })),
  ])()
  const isZipped = random.number(0, 2) === 0
  const content = isZipped ? gzipSync(plain) : plain
  const coding = isZipped ? 'Content-Encoding: gzip\r\n' : ''
  if (random.number(0, 1) === 0) {
    return Buffer.concat([Buffer.from(`${coding}Content-Length: ${content.length}\r\n\r\n`), content])
  }
  const chunks = pieces(content, random, 700).flatMap((piece) => [
    Buffer.from(`${piece.length.toString(16)}\r\n`),
    piece,
    Buffer.from('\r\n'),
  ])
  return Buffer.concat([
    Buffer.from(`${coding}Transfer-Encoding: chunked\r\n\r\n`),
    ...chunks,
    Buffer.from('0\r\n\r\n'),
  ])
}

export const upgradeRequest = (path = '/socket.io/?EIO=4&transport=websocket') =>
  Buffer.from(
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  )

export const upgradeAnswer = Buffer.from(
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
)

/** One frame, written by the letter of RFC 6455 §5.2; opcode 1 is text, 2 binary, 8 close, 9 ping, 10 pong. */
export function frame(
  opcode: number,
  payload: Buffer,
  { mask, last = true, compressed = false }: { mask?: Buffer; last?: boolean; compressed?: boolean } = {},
): Buffer {
  const length =
    payload.length < 126
      ? Buffer.of(payload.length)
      : payload.length < 65_536
        ? Buffer.of(126, payload.length >> 8, payload.length & 0xff)
        : Buffer.concat([Buffer.of(127), Buffer.alloc(8)])
  if (length.length === 9) length.writeBigUInt64BE(BigInt(payload.length), 1)
  if (mask) length[0]! |= 0x80
  const masked = mask ? Buffer.from(payload.map((byte, i) => byte ^ mask[i % 4]!)) : payload
  const first = (last ? 0x80 : 0) | (compressed ? 0x40 : 0) | opcode
  return Buffer.concat([Buffer.of(first), length, mask ?? Buffer.alloc(0), masked])
}

/** An upgrade and what comes after it: text, binary, fragments, pings between them, compressed messages. */
export function webSocketConversation(random: Chance): Conversation {
  const request = upgradeRequest(random.one(['/socket.io/?EIO=4&transport=websocket', '/other']))
  const side = (isGuest: boolean) => {
    const mask = () => (isGuest ? random.bytes(4) : undefined)
    const frames: Buffer[] = []
    for (let i = random.number(0, 8); i > 0; i--) {
      const text = random.one([
        () => `42${JSON.stringify(['new message', random.text(random.number(0, 300))])}`,
        () => '2probe',
        () => random.text(random.number(0, 200)),
      ])()
      random.one([
        () => frames.push(frame(1, Buffer.from(text), { mask: mask() })),
        () => frames.push(frame(2, random.bytes(random.number(0, 2_000)), { mask: mask() })),
        () => frames.push(frame(1, deflateRawSync(text), { mask: mask(), compressed: true })),
        () => {
          const parts = pieces(Buffer.from(text || 'x'), random, 40)
          parts.forEach((part, at) => {
            const last = at === parts.length - 1
            frames.push(frame(at === 0 ? 1 : 0, part, { mask: mask(), last }))
            if (!last && random.number(0, 3) === 0) frames.push(frame(9, random.bytes(5), { mask: mask() }))
          })
        },
      ])()
    }
    if (random.number(0, 1) === 0)
      frames.push(frame(8, Buffer.from([3, 232, 98, 121, 101]), { mask: mask() }))
    return frames
  }
  return {
    up: Buffer.concat([request, ...side(true)]),
    down: Buffer.concat([upgradeAnswer, ...side(false)]),
    before: request.length,
  }
}

/** Bytes that mean nothing to the wire. */
export function unknownConversation(random: Chance): Conversation {
  const up = random.one([
    () => random.bytes(random.number(0, 5_000)),
    () => Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), random.bytes(300)]),
    () => Buffer.concat([Buffer.of(0x16, 3, 1), random.bytes(500)]), // as TLS begins
    () => Buffer.from('EHLO localhost\r\nMAIL FROM:<ann@localhost>\r\n'),
  ])()
  return { up, down: random.bytes(random.number(0, 5_000)), before: up.length }
}

/** A block of bytes without a pattern, for what is long. */
export const megabyte = randomBytes(1024 * 1024)
