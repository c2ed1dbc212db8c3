import { once } from 'node:events'
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '#shared/course/course'
import { type } from './support/type-command.ts'

/** A program that is none of the workshop's, and the wire in front of it. */
async function wireBefore(options = '') {
  const program = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1')
  await once(program, 'listening')
  const { port } = program.address() as AddressInfo
  const wire = type(root, `wire --to http://127.0.0.1:${port}${options}`)
  onTestFinished(() => {
    program.closeAllConnections()
    program.close()
  })
  await wire.prints('Ctrl-C')
  const [, url = ''] = /The wire listens at {2}(\S+)/.exec(wire.output()) ?? []
  return { wire, url }
}

async function get(url: string, userAgent: string): Promise<string> {
  const asking = request(url, { headers: { 'user-agent': userAgent }, agent: false })
  asking.end()
  const [answer]: IncomingMessage[] = await once(asking, 'response')
  return text(answer!)
}

const chrome = 'Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36'

test('each message is a line with its client, and Ctrl-C ends with what has crossed', async () => {
  const { wire, url } = await wireBefore()
  expect(await get(url, chrome)).toBe('hello')
  expect(await get(`${url}/again`, 'curl/8.5.0')).toBe('hello')
  await wire.prints(/connection 2 · closed/)
  expect(await wire.stop()).toBe(0)
  const output = wire.output()
  expect(output).toMatch(/^[\d:.]{12} {5}1 {2}127\.0\.0\.1:\d+ .* opened · from 127\.0\.0\.1:\d+$/m)
  expect(output).toMatch(/^[\d:.]{12} {5}1 {2}Chrome 131 +─+▶ +\d+ {2}GET \/$/m)
  expect(output).toMatch(/^[\d:.]{12} {5}2 {2}curl\/8\.5\.0 +◀─+ +\d+ {2}200 OK · 5 bytes$/m)
  expect(output).toMatch(/^ +connections +requests +upgrades +bytes up +bytes down +text up +text down$/m)
  expect(output).toMatch(/^http +2 +2 +0 +\d+ +\d+ +0 +0$/m)
  expect(output).toMatch(/^all +2 +2 +0 +\d+ +\d+ +0 +0$/m)
  expect(output).not.toMatch(/^websocket/m)
})

test('with --json each record is an object, and the last line holds the totals', async () => {
  const { wire, url } = await wireBefore(' --json')
  expect(await get(`${url}/a`, chrome)).toBe('hello')
  await wire.prints(/connection 1 · closed/)
  expect(await wire.stop()).toBe(0)
  const lines = wire.output().split('\n')
  const objects = lines.filter((line) => line.startsWith('{')).map((line): unknown => JSON.parse(line))
  const client = { address: expect.stringMatching(/^127\.0\.0\.1:\d+$/), userAgent: chrome }
  expect(objects).toEqual([
    expect.objectContaining({ id: 1, kind: 'wire.opened', client: { ...client, userAgent: '' } }),
    expect.objectContaining({
      kind: 'http.request',
      direction: 'up',
      transport: 'http',
      meaning: 'GET /a',
      client,
      head: expect.stringMatching(/^GET \/a HTTP\/1\.1\r\n/),
    }),
    expect.objectContaining({ kind: 'http.response', direction: 'down', client, body: 'hello' }),
    expect.objectContaining({ kind: 'wire.closed', client }),
    { totals: expect.objectContaining({ http: expect.objectContaining({ requests: 1 }) }) },
  ])
})

test('--help says what it is for, with an example', async () => {
  const [exitCode, help] = await type(root, 'wire --help').end()
  expect(exitCode).toBe(0)
  expect(help).toMatch(/^npm run wire \[-- OPTIONS\]\n/)
  expect(help).toContain('npm run --silent wire -- --to http://localhost:5000 --json > wire.jsonl')
  expect(help).toContain('User-Agent')
})
