import { request, type IncomingMessage } from 'node:http'
import { networkInterfaces } from 'node:os'
import { connect } from 'node:net'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { io } from 'socket.io-client'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { findStep } from '#shared/course/course'
import { openWire, type Wire } from '#shared/wire/open-wire'
import type { Detail, Rows } from '#shared/classroom/protocol'
import { openClassroom } from '#shared/classroom/server/open-classroom'
import { startBehindWire } from '#shared/classroom/server/wired-program'

// Step 6 behind a wire, with the whole classroom beside it.
const step = findStep('6')
const program = await startBehindWire({ dir: step.dir, step, port: 0, command: 'npm start' })
const classroom = await openClassroom({
  wire: program.wire,
  program,
  command: 'npm start',
  withCourse: true,
  port: 0,
})
const { url } = classroom
afterAll(async () => {
  await classroom.close()
  await program.close()
})
await vi.waitUntil(() => program.state.is === 'running', { timeout: 30_000 })

/** What a browser, or somebody with a program, asks for. Node's own fetch would not send another Host. */
async function ask(address: string, headers: Record<string, string> = {}, method = 'GET', body = '') {
  const asking = request(address, { method, headers })
  asking.end(body)
  const [response]: IncomingMessage[] = await once(asking, 'response')
  if (!response) throw new Error('a response comes with its event')
  return { status: response.statusCode, headers: response.headers, body: await text(response) }
}

const json = { 'content-type': 'application/json' }
const own = { ...json, origin: url, 'sec-fetch-site': 'same-origin' }

test('nobody asks the classroom but its own pages', async () => {
  const { port } = new URL(url)
  const cut = JSON.stringify({ seconds: 0 })

  expect((await ask(`${url}/wire.har`, { 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  expect((await ask(`${url}/api/cut`, own, 'POST', cut)).status).toBe(200)
  expect((await ask(url, { host: `127.0.0.1:${port}` })).status).toBe(200)

  const refused = {
    'a name that was made to point here': { host: `wire.example:${port}` },
    "another site's page": { ...json, origin: 'http://wire.example' },
    "the learner's own chat, on another port": { ...json, origin: program.url },
    'a page without an origin': { ...json, origin: 'null' },
    "another site's picture or script": { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    'a page of another port': { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
  }
  for (const [who, headers] of Object.entries(refused)) {
    for (const path of ['/events', '/wire.har', '/lesson/1', '/record/1']) {
      expect([who, (await ask(url + path, headers)).status]).toEqual([who, 403])
    }
    expect([who, (await ask(`${url}/api/cut`, headers, 'POST', cut)).status]).toEqual([who, 403])
  }
  // What a form of another page can send without asking first.
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    expect((await ask(`${url}/api/cut`, { 'content-type': type }, 'POST', cut)).status).toBe(415)
  }
  const { headers } = await ask(url)
  expect(headers['content-security-policy']).toContain("default-src 'self'")
  expect(headers['access-control-allow-origin']).toBeUndefined()
})

test('no page frames the classroom, while the chat may be framed, and the wire alone by the slides', async () => {
  for (const path of ['/', '/wire', '/lesson/1', '/nothing']) {
    const { headers } = await ask(url + path)
    expect([path, headers['content-security-policy']]).toEqual([
      path,
      expect.stringContaining("frame-ancestors 'none'"),
    ])
  }
  const chat = await ask(`${program.url}/`)
  expect([chat.headers['content-security-policy'], chat.headers['x-frame-options']]).toEqual([
    undefined,
    undefined,
  ])
  const framedBy = ['http://localhost:3200', 'http://wire.localhost:3200']
  const wireAlone = await openClassroom({ wire: program.wire, command: 'npm run slides', port: 0, framedBy })
  onTestFinished(() => wireAlone.close())
  const { headers } = await ask(`${wireAlone.url}/wire`)
  expect(headers['content-security-policy']).toContain(`frame-ancestors ${framedBy.join(' ')};`)
})

test('the archive says whether it holds secrets, and has none unless it is asked for them', async () => {
  await ask(`${program.url}/`, { cookie: 'session=s3cret' })
  const archive = await ask(`${url}/wire.har`)
  expect(archive.headers['x-secrets']).toMatch('left out')
  expect(archive.body).not.toContain('s3cret')
  const whole = await ask(`${url}/wire.har?secrets=yes`)
  expect(whole.headers).toMatchObject({
    'x-secrets': 'included',
    'content-disposition': 'attachment; filename=on-the-wire-with-secrets.har',
  })
  expect(whole.body).toContain('s3cret')
})

test('it is not to be reached through the port that the chat uses, nor from another machine', async () => {
  for (const path of ['/events', '/wire', '/wire.har', '/record/1', '/lesson/1', '/api/cut']) {
    expect([path, (await ask(program.url + path)).status]).toEqual([path, 404])
    expect([path, (await ask(program.url + path, json, 'POST', '{}')).status]).toEqual([path, 404])
  }
  const others = Object.values(networkInterfaces()).flatMap((found) => found ?? [])
  for (const { address, internal } of others.filter(({ family }) => family === 'IPv4')) {
    if (internal) continue
    for (const port of [new URL(url).port, new URL(program.url).port]) {
      const [error] = await once(connect(Number(port), address), 'error')
      expect(error.code).toBe('ECONNREFUSED')
    }
  }
})

test('what makes no sense is answered with a sentence, and changes nothing', async () => {
  const { faults } = program.wire
  const answers: [name: string, body: string, status: number, words: RegExp][] = [
    ['nothing', '{}', 404, /Nothing here is called \\"nothing\\"/],
    ['__proto__', '{}', 404, /Nothing here is called/],
    ['check', '{"step":99}', 409, /There is no step \\"99\\".*npm run step/],
    ['check', '{"step":{"a":1}}', 409, /There is no step/],
    ['run', '{"step":3,"own":true}', 409, /There is no work\/ yet.*npm run work 3/],
    ['faults', '{"delayMs":-1}', 409, /delayMs is -1/],
    ['faults', '{"delayMs":"soon"}', 409, /delayMs is NaN/],
    ['cut', '{"seconds":1e9}', 409, /longer than anybody waits/],
    ['cut', '[]', 409, /takes a number from 0 up/],
    ['cut', '{broken', 400, /JSON/],
    ['cut', `{"seconds":"${'1'.repeat(20_000)}"}`, 413, /too large/],
  ]
  for (const [name, body, status, words] of answers) {
    const answer = await ask(`${url}/api/${name}`, own, 'POST', body)
    expect([name, answer.status, answer.body]).toEqual([name, status, expect.stringMatching(words)])
  }
  expect((await ask(`${url}/record/999999`)).body).toMatch(/Its bytes are gone/)
  expect((await ask(`${url}/lesson/99`)).status).toBe(409)
  expect((await ask(`${url}/project/steps/../package.json`)).status).toBe(404)
  expect(program.wire.faults).toEqual(faults)
  expect(program.state.is).toBe('running')
})

/** Reads a stream until its rows satisfy. */
async function rowsUntil(address: string, since: number, enough: (rows: Rows[]) => boolean): Promise<Rows[]> {
  const asking = request(`${address}/events`, {
    headers: since > 0 ? { 'last-event-id': String(since) } : {},
  })
  asking.end()
  const [response]: IncomingMessage[] = await once(asking, 'response')
  const found: Rows[] = []
  let held = ''
  for await (const piece of response ?? []) {
    held += piece
    const events = held.split('\n\n')
    held = events.pop() ?? ''
    for (const event of events) {
      const [, data] = /event: rows\ndata: (.*)/.exec(event) ?? []
      if (data) found.push(JSON.parse(data))
    }
    if (enough(found)) break
  }
  asking.destroy()
  return found
}

async function guest(wire: Pick<Wire, 'url'>) {
  const socket = io(wire.url, { forceNew: true, transports: ['websocket'] })
  onTestFinished(() => void socket.close())
  await vi.waitUntil(() => socket.connected, { timeout: 10_000 })
  return socket
}

test('a page hears every row once and in order, and goes on where its connection broke', async () => {
  const ann = await guest(program)
  await ann.emitWithAck('add user', 'ann')
  const isNamed = (batches: Rows[]) =>
    batches.some(({ rows }) => rows.some(({ meaning }) => meaning.includes('acknowledgement 0 · ok: true')))
  const first = (await rowsUntil(url, 0, isNamed)).flatMap(({ rows }) => rows)
  expect(first.map(({ id }) => id)).toEqual(first.map((_row, index) => index + 1))

  await ann.emitWithAck('new message', 'hello again')
  const last = first.at(-1)?.id ?? 0
  const isSaid = (batches: Rows[]) =>
    batches.some(({ rows }) => rows.some(({ meaning }) => meaning.includes('hello again')))
  const [next] = await rowsUntil(url, last, isSaid)
  expect(next?.missed).toBe(0)
  expect(next?.rows[0]?.id).toBe(last + 1)

  const event = next?.rows.find(({ meaning }) => meaning.includes('hello again'))
  const detail: Detail = JSON.parse((await ask(`${url}/record/${event?.id}`)).body)
  expect(detail.parts.map(({ text: part }) => part)).toContain('["new message","hello again"]')
  expect(detail.hex.join('')).toContain('hello')
})

test('what a page was too late for is counted', async () => {
  const wire = await openWire({ to: program.url, maxRecords: 10 })
  const page = await openClassroom({ wire, command: 'npm run wire', port: 0 })
  onTestFinished(async () => {
    await page.close()
    await wire.close()
  })
  const ann = await guest(wire)
  for (let i = 0; i < 20; i++) await ann.emitWithAck('add user', `ann ${i}`)
  const [batch] = await rowsUntil(page.url, 0, (batches) => batches.length > 0)
  expect(batch?.rows.length).toBe(10)
  expect(batch?.rows[0]?.id).toBe((batch?.missed ?? 0) + 1)
  expect(batch?.missed).toBeGreaterThan(0)
  expect((await ask(`${page.url}/lesson/1`)).status).toBe(404) // the wire alone has no course
})
