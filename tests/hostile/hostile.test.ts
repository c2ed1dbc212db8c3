import { once, type EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { firstWithAccounts, steps, type Step } from '#shared/course/course'
import { cookieOf } from './cookie.ts'
import { runFresh } from '#shared/run/run-fresh'
import { firstWithBoard } from '../gate/enter.ts'

const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
const nonsense = [
  undefined,
  null,
  true,
  42,
  -0.5,
  '',
  ' ',
  '\u0000',
  'x'.repeat(1_000_000),
  'x'.repeat(1_048_576),
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
]

const paths = [
  '/nowhere',
  '/%E0%A4%A',
  '/static/%00',
  '/static/%2e%2e/package.json',
  '/static/../../package.json',
  '//',
  '/?a[b]=c',
]
const requests = [
  'GET / HTTP/1.1\r\n\r\n',
  'GET /\r\n\r\n',
  'NONSENSE / HTTP/1.1\r\nHost: x\r\n\r\n',
  `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
  'POST /messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{"te',
  'POST /messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  '\u0016\u0003\u0001\u0002\u0000\u0001\u0000',
]
const bodies = [
  '',
  '{"text":',
  'null',
  '[]',
  '"text"',
  '{"text":{"text":"x"}}',
  deep,
  `{"text":"${'x'.repeat(1_000_000)}"}`,
]
const forms = [
  '',
  '&&&=&=',
  'username',
  'username=ann',
  'username[]=ann&username[]=ben&password[a]=b',
  '__proto__=x&constructor=y&username=%00&password=%ff',
  `username=ann'--&displayName=${encodeURIComponent("'); DROP TABLE accounts; --")}&password=short`,
  `username=${'x'.repeat(5_000)}&displayName=y&password=correct+horse`,
  `username=${'x'.repeat(1_000_000)}`,
  Array.from({ length: 2_000 }, (_, index) => `field${index}=x`).join('&'),
]
const afters = ['never', '-1', '1.5', '1e99', 'NaN', 'Infinity', '1&after=2', '%00', '0x', "1' OR '1'='1"]
const frames = [
  '',
  '4',
  '42',
  '42[',
  '42{}',
  '42["',
  '43',
  '430[]',
  '9',
  '2probe',
  '40/nowhere,',
  '42/nowhere,["x"]',
]
const packets = [
  ...frames,
  '42["disconnect"]',
  '42["connect"]',
  '42["error",{}]',
  '42["__proto__"]',
  '451-["echo",{"_placeholder":true,"num":7}]',
  '45999999999-["echo"]',
  `42["echo",${deep}]`,
  `42["add user",${deep}]`,
]

test.each(steps)('step $number stays up, and still answers an honest guest', async (step) => {
  const program = await runFresh(step.dir)
  const refusals: unknown[] = []

  for (const request of requests) await rawRequest(program.url, request)
  for (const path of paths) refusals.push(await words(await fetch(program.url + path)))
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) await fetch(program.url, { method })

  if (step.number === 2) {
    for (const body of bodies) refusals.push(await words(await post(program.url, body)))
    for (const after of afters)
      refusals.push(await words(await fetch(`${program.url}/messages?after=${after}`)))
    const answer = await post(program.url, '{"text":"honest"}')
    expect(answer.status).toBe(201)
  }
  if (step.number >= firstWithAccounts) {
    for (const path of ['/register', '/login', '/logout']) {
      for (const body of forms) refusals.push(await words(await submit(program.url + path, body)))
      for (const body of bodies)
        refusals.push(await words(await submit(program.url + path, body, '', 'application/json')))
    }
  }
  if (step.number >= firstWithBoard) {
    const honest = await cookieOf(program.url, 'board')
    for (const path of [
      'new',
      '1/edit',
      '1/delete',
      "1'--/edit",
      '%00/delete',
      '__proto__/edit',
      '1e99/delete',
    ]) {
      for (const body of forms)
        refusals.push(await words(await submit(`${program.url}/board/${path}`, body, honest)))
      refusals.push(await words(await fetch(`${program.url}/board/${path}`, { headers: { cookie: honest } })))
    }
  }
  if (step.number >= 3) {
    const namespace = step.number === 4 ? '/test' : '/'
    const cookie = step.number >= firstWithAccounts ? await cookieOf(program.url) : ''
    refusals.push(...(await throwAtSocket(program.url, namespace, eventsOf(step), cookie)))
    for (const some of new Set(['', cookie])) {
      for (const packet of packets) await rawPacket(program.url, packet, some)
      for (const body of packets) await rawPolling(program.url, body, some)
    }
    await expect(connected(program.url, '/nowhere', cookie)).rejects.toThrow('Invalid namespace')
    const honest = await connected(program.url, namespace, cookie)
    honest.disconnect()
  }

  const home = await fetch(program.url)
  expect(home.status).toBe(200)
  expect(program.running).toBe(true)
  // Whoever is refused reads a sentence, and never a stack trace.
  for (const refusal of refusals) {
    expect(refusal).toMatch(/^[A-Z][^<]*\S \S/)
    expect(refusal).not.toMatch(/\bat \S+ \(|node_modules/)
  }
  expect(refusals.length).toBeGreaterThan(0)
  expect(await program.stop()).toBe(0)
})

/** The sentence of a refusal over HTTP; an answer that is none gives the one that the test accepts. */
async function words(response: Response): Promise<string> {
  const text = await response.text()
  if (response.status < 400) return 'Not refused.'
  expect(response.status).toBeLessThan(500)
  const type = response.headers.get('content-type')
  if (type?.includes('html')) return /role="alert">([^<]*)</.exec(text)?.[1] ?? 'no word'
  return type?.includes('json') ? JSON.parse(text).error : text
}

function submit(url: string, body: string, cookie = '', type = 'application/x-www-form-urlencoded') {
  return fetch(url, { method: 'POST', headers: { 'Content-Type': type, cookie }, body, redirect: 'manual' })
}

function post(url: string, body: string) {
  return fetch(`${url}/messages`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
}

/** The events that a guest may send, from the step's events.ts. */
function eventsOf({ dir }: Step): string[] {
  const file = join(dir, 'events.ts')
  if (!existsSync(file)) return []
  const [, mine = ''] = /interface ClientEvents \{\n([\s\S]*?)\n\}/.exec(readFileSync(file, 'utf8')) ?? []
  return [...mine.matchAll(/^ {2}'?([\w -]+?)'?: \(/gm)].map(([, name]) => name!)
}

/** Every event with every nonsense, and every nonsense where an acknowledgement is due. Returns all refusals. */
async function throwAtSocket(
  url: string,
  namespace: string,
  events: string[],
  cookie: string,
): Promise<unknown[]> {
  expect(events.length).toBeGreaterThan(0)
  const refusals: unknown[] = []
  const guest = await connected(url, namespace, cookie)
  guest.on('refused', (refusal: { error: unknown }) => refusals.push(refusal.error))
  const acknowledge = (answer: { ok: boolean; error: unknown }) => answer.ok || refusals.push(answer.error)
  for (const event of [...events, 'unknown event', 'error', 'message']) {
    guest.emit(event)
    guest.emit(event, acknowledge)
    for (const value of nonsense) {
      guest.emit(event, value)
      guest.emit(event, value, value)
      guest.emit(event, value, acknowledge)
      guest.emit(event, value, value, value, acknowledge)
    }
  }
  expect(guest.connected).toBe(true)
  // The connection keeps the order: an answer to what comes last means that all before it was read.
  const last = events.find((event) => !/typing/.test(event))!
  const before = refusals.length
  guest.emit(last, 42)
  await expect.poll(() => refusals.length, { timeout: 20_000 }).toBeGreaterThan(before)
  guest.disconnect()
  return refusals
}

async function connected(url: string, namespace: string, cookie = ''): Promise<Socket> {
  const socket = io(url + namespace, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie },
  })
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('connect_error', reject)
  })
}

/** Sends bytes, and waits until the server has answered or hung up. */
async function rawRequest(url: string, bytes: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => {}) // A reset is an answer, too.
  socket.end(bytes)
  socket.resume()
  await closed(socket)
}

/** A packet past the handshake, over a WebSocket that does as it is told. */
async function rawPacket(url: string, packet: string, cookie: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    headers: { cookie },
  })
  socket.on('error', () => {})
  await once(socket, 'open')
  socket.send('40')
  socket.send('40/test,')
  socket.send(packet)
  socket.send(Buffer.from([4, 0, 255]))
  socket.close()
  await closed(socket)
}

/** Other than events.once(), this does not give up at the error before the close. */
function closed(socket: EventEmitter): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

async function rawPolling(url: string, body: string, cookie: string) {
  const at = `${url}/socket.io/?EIO=4&transport=polling`
  const headers = { cookie }
  const opened = await (await fetch(at, { headers })).text()
  const { sid } = JSON.parse(opened.slice(1))
  await fetch(`${at}&sid=${sid}`, { method: 'POST', body: '40', headers })
  await fetch(`${at}&sid=${sid}`, { method: 'POST', body, headers })
  await fetch(`${at}&sid=unknown`, { method: 'POST', body, headers })
}
