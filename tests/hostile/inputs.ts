// What strangers send: inputs that are written down, each of which has a reason, and random ones of the same kinds.
import type { Chance } from '../support/traffic.ts'

const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`

/** Bytes of a connection, up to its end. */
export const requests: readonly string[] = [
  'GET / HTTP/1.1\r\n\r\n',
  'GET /\r\n\r\n',
  'NONSENSE / HTTP/1.1\r\nHost: x\r\n\r\n',
  `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
  'POST /messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{"te',
  'POST /messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n',
  'POST /messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n',
  '\u0016\u0003\u0001\u0002\u0000\u0001\u0000',
]

/** Its end never comes. */
export const slowRequest =
  'POST /messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{"text":"'

export const methods = 'POST PUT DELETE OPTIONS PATCH'.split(' ')

export const paths =
  '/nowhere /%E0%A4%A /static/%00 /static/%2e%2e/package.json /static/../../package.json // /?a[b]=c'.split(
    ' ',
  )

/** Where forms of people without an account go. */
export const doors: readonly string[] = ['/register', '/login', '/logout']

/** Where forms of the notice board go. */
export const boards = "new 1/edit 1/delete 1'--/edit %00/delete __proto__/edit 1e99/delete"
  .split(' ')
  .map((path) => `/board/${path}`)

/** Where a number of a message is asked for. */
export const afters = "never -1 1.5 1e99 NaN Infinity 1&after=2 %00 0x 1'OR'1'='1".split(' ')

/** As JSON. */
export const bodies: readonly string[] = [
  '',
  '{"text":',
  'null',
  '[]',
  '"text"',
  '{"text":{"text":"x"}}',
  deep,
  `{"text":"${'x'.repeat(200_000)}"}`,
]

/** As forms. */
export const forms: readonly string[] = [
  '',
  '&&&=&=',
  'username',
  'username=ann',
  'username[]=ann&username[]=ben&password[a]=b',
  '__proto__=x&constructor=y&username=%00&password=%ff',
  `username=ann'--&displayName=${encodeURIComponent("'); DROP TABLE accounts; --")}&password=short`,
  `username=${'x'.repeat(5_000)}&displayName=y&password=correct+horse`,
  `username=${'x'.repeat(200_000)}`,
  Array.from({ length: 2_000 }, (_, index) => `field${index}=x`).join('&'),
]

/** Socket.IO's packets, within Engine.IO's. */
export const packets: readonly string[] = [
  ...' 4 42 42[ 42{} 42[" 43 430[] 9 2probe 40/nowhere, 42/nowhere,["x"] 427[] 42[""] 51-42 b!'.split(' '),
  ...'42["disconnect"] 42["connect"] 42["error",{}] 42["__proto__"] 42["newListener"] 45999999999-["echo"]'.split(
    ' ',
  ),
  '42["new message",{"_placeholder":true,"num":0}]',
  '451-["echo",{"_placeholder":true,"num":7}]',
  `42["echo",${deep}]`,
  `42["add user",${deep}]`,
]

/** Beside a step's own. */
export const strangeEvents: readonly string[] = [
  'unknown event',
  'error',
  'message',
  '__proto__',
  'constructor',
  '',
]

/** Values that go with an event. */
export const nonsense: readonly unknown[] = [
  undefined,
  null,
  true,
  42,
  -0.5,
  '',
  ' ',
  '\u0000',
  [],
  ['hello'],
  {},
  { data: 42 },
  { data: { data: 'hello' } },
  { messages: [] },
  { toString: 'hello', length: -1 },
  JSON.parse('{"__proto__":{"data":"hello"},"constructor":{}}'),
  Buffer.from('hello'),
  { data: Buffer.alloc(3) },
  'x'.repeat(10_000),
]

/**
 * A text that is as long as a packet may be, about: up to step 6 more than Socket.IO's own limit and less than the step's,
 * from step 7 on a little less than 64,000 bytes. Above its limit Socket.IO hangs up without a word.
 */
export const huge = (step: number) => 'x'.repeat(step < 7 ? 1_048_576 : 60_000)

/** @param path where a body of `length` bytes goes; empty for a header as long as that */
export function oversize(path: string, length: number): string {
  const filling = 'x'.repeat(length)
  if (path === '') return `GET / HTTP/1.1\r\nHost: x\r\nX-Huge: ${filling}\r\n\r\n`
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}`
  return `${head}\r\n\r\n${filling}`
}

/** One of those that are written down, cut short, with some bytes wrong, or with others within it; or bytes without any sense. */
export function damaged(written: readonly string[], chance: Chance): Buffer {
  const bytes = Buffer.from(chance.one(written))
  const cut = chance.number(0, bytes.length)
  switch (chance.number(0, 3)) {
    case 0:
      return chance.bytes(chance.number(1, 2_000))
    case 1:
      return bytes.subarray(0, cut)
    case 2:
      for (let i = 0; i < 5; i++) bytes[chance.number(0, bytes.length - 1)] = chance.number(0, 255)
      return bytes
    default:
      return Buffer.concat([bytes.subarray(0, cut), Buffer.from(chance.text(10)), bytes.subarray(cut)])
  }
}

/** One of those that are written down, or another value, or either within an object or a list. */
export function randomNonsense(chance: Chance): unknown {
  const value = chance.one<unknown>([
    chance.one(nonsense),
    chance.number(-1_000, 1_000),
    'x'.repeat(chance.number(2_001, 9_000)), // six of them fit into a packet
    chance.text(30),
    chance.bytes(20),
    new Date(Number.NaN),
  ])
  return chance.one([
    value,
    [value],
    { data: value },
    { to: value, message: value },
    { room: 1, message: value },
  ])
}
