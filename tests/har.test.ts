import { io } from 'socket.io-client'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { findStep } from '#shared/course/course'
import { run } from '#shared/run/run'
import { openWire } from '#shared/wire/open-wire'
import { toHar } from '#shared/classroom/server/har'

const program = await run(findStep('6').dir, { compiled: true })
afterAll(() => program.stop())

/** What one guest of step 6 has put on the wire, as an archive. */
async function archive(transports: string[]) {
  const wire = await openWire({ to: program.url })
  const ann = io(wire.url, { forceNew: true, transports })
  onTestFinished(async () => {
    ann.close()
    await wire.close()
  })
  await vi.waitUntil(() => ann.connected && ann.io.engine.transport.name === transports.at(-1))
  await ann.emitWithAck('add user', 'ann')
  await ann.emitWithAck('new message', 'naïve “quotes”')
  return toHar(wire.records())
}

test('a WebSocket is one entry, with the messages that were sent and received', async () => {
  const { log } = await archive(['websocket'])
  expect(log).toMatchObject({ version: '1.2', creator: { name: 'On the Wire' } })
  const [entry, ...others] = log.entries
  expect(others).toEqual([])
  expect(entry?.request).toMatchObject({ method: 'GET', httpVersion: 'HTTP/1.1' })
  expect(entry?.request.url).toMatch(/^ws:\/\/localhost:\d+\/socket\.io\/\?EIO=4&transport=websocket$/)
  expect(entry?.request.queryString).toContainEqual({ name: 'transport', value: 'websocket' })
  expect(entry?.response).toMatchObject({ status: 101, statusText: 'Switching Protocols' })
  expect(entry).toMatchObject({ _resourceType: 'websocket' })
  const messages: { type: string; opcode: number; data: string; time: number }[] = Reflect.get(
    entry ?? {},
    '_webSocketMessages',
  )
  const texts = (type: string) => messages.filter((one) => one.type === type).map(({ data }) => data)
  expect(texts('send')).toEqual(['40', '420["add user","ann"]', '421["new message","naïve “quotes”"]'])
  expect(texts('receive')).toContain('430[{"ok":true}]')
  for (const { opcode, time } of messages) {
    expect(opcode).toBe(1)
    expect(Math.abs(time - Date.now() / 1_000)).toBeLessThan(60)
  }
})

test('polling is an entry a request, each with its answer, and the upgrade beside them', async () => {
  const { log } = await archive(['polling', 'websocket'])
  const kinds = log.entries.map(({ request, response }) => `${request.method} ${response.status}`)
  expect(kinds).toContain('POST 200')
  expect(kinds).toContain('GET 101')
  const handshake = log.entries[0]
  expect(handshake?.response.content.text).toMatch(/^0\{"sid":/)
  const posted = log.entries.find(({ request }) => request.method === 'POST')
  expect(posted?.request.postData?.text).toBe('40')
  for (const { startedDateTime, request, response, time } of log.entries) {
    expect(new Date(startedDateTime).toISOString()).toBe(startedDateTime)
    expect(request.headersSize).toBeGreaterThan(0)
    if (response.status > 0) expect(time).toBeGreaterThanOrEqual(0)
  }
})
