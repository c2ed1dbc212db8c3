import { expect, test } from 'vitest'
import type { WireRecord } from '../../wire/record.ts'
import { toHar } from './har.ts'

const record = (
  about: Pick<WireRecord, 'kind' | 'direction'> & Partial<WireRecord>,
  head: string,
  body = '',
): WireRecord => ({
  id: 1,
  at: 0,
  connection: 1,
  transport: 'http',
  bytes: head.length + body.length,
  payload: 0,
  meaning: '',
  exchange: 1,
  shortened: false,
  ...about,
  head: Buffer.from(head, 'latin1'),
  body: Buffer.from(body),
})

const asks = (line: string, headers: string[] = [], body = '') =>
  record(
    { kind: 'http.request', direction: 'up' },
    [`${line} HTTP/1.1`, ...headers, '', ''].join('\r\n'),
    body,
  )

test.each([
  ['//', 'http://localhost:3000//'],
  ['//socket.io/?EIO=4', 'http://localhost:3000//socket.io/?EIO=4'],
  ['/caf\xe9?q=\xc3\xa9', 'http://localhost:3000/caf%E9?q=%C3%A9'],
  ['/a/../b', 'http://localhost:3000/b'],
  ['*', 'http://localhost:3000/*'],
  ['http://example.com/page', 'http://example.com/page'],
])('a request for %s is archived as %s', (path, url) => {
  const { log } = toHar([asks(`GET ${path}`, ['Host: localhost:3000'])])
  expect(log.entries[0]?.request.url).toBe(url)
})

test('a request whose Host is no host is archived all the same', () => {
  const { log } = toHar([asks('GET /page', ['Host: <no host>'])])
  expect(log.entries[0]?.request.url).toBe('http://localhost/page')
})

const cookie = 'session=s%3Aabc'
const login = [
  asks(
    'POST /login?token=t0p',
    ['Host: localhost', `Cookie: ${cookie}`, 'Content-Type: application/x-www-form-urlencoded'],
    'username=ann+lee&password=s3cret&repeat-password=s3cret',
  ),
  record(
    { kind: 'http.response', direction: 'down' },
    `HTTP/1.1 200 OK\r\nSet-Cookie: ${cookie}\r\nContent-Type: application/json\r\n\r\n`,
    '{"ok":true,"account":{"password":["s3cret"]}}',
  ),
  {
    ...asks('GET /socket.io/', ['Authorization: Basic s3cret'], '40{"token":"s3cret"}\x1e2'),
    exchange: 2,
  },
  record({ kind: 'http.upgrade', direction: 'down', exchange: 2 }, 'HTTP/1.1 101 Go on\r\n\r\n'),
  record(
    { kind: 'socket.event', direction: 'up', exchange: 2, transport: 'websocket' },
    '\x81\x05',
    '42/chat,7["log in",{"username":"ann","password":"s3cret"}]',
  ),
]

test('an archive leaves out cookies, authorization and passwords, and says so', () => {
  const archive = toHar(login)
  const text = JSON.stringify(archive)
  expect(text).not.toContain('s3cret')
  expect(text).not.toContain('s%3Aabc')
  expect(text).not.toContain('t0p')
  expect(archive.log.comment).toBe('Cookies, authorization and passwords are left out.')
  const [first, second] = archive.log.entries
  expect(first?.request.postData?.text).toBe(
    'username=ann+lee&password=(left%20out)&repeat-password=(left%20out)',
  )
  expect(first?.response.content.text).toBe('{"ok":true,"account":{"password":"(left out)"}}')
  expect(second).toMatchObject({
    _webSocketMessages: [{ data: '42/chat,7["log in",{"username":"ann","password":"(left out)"}]' }],
  })
})

test('an archive keeps them when it is asked to', () => {
  const archive = toHar(login, { secrets: true })
  expect(archive.log.comment).toBeUndefined()
  expect(archive.log.entries[0]?.request.postData?.text).toContain('password=s3cret')
  expect(archive.log.entries[0]?.request.headers).toContainEqual({ name: 'Cookie', value: cookie })
})

test('what only speaks of a password stays as it was; JSON with one that is cut off is left out', () => {
  const said = (type: string, body: string) =>
    toHar([
      asks('GET /'),
      record(
        { kind: 'http.response', direction: 'down' },
        `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n\r\n`,
        body,
      ),
    ]).log.entries[0]?.response.content.text
  for (const text of ['<input type="password">', 'const token = {}', '{ "text": "my password is x" }']) {
    expect(said('text/plain', text)).toBe(text)
  }
  expect(said('application/json', '{"password":"s3cr')).toBe('(left out)')
})
