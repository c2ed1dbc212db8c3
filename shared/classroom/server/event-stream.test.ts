import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import express, { type Response } from 'express'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openWire } from '../../wire/open-wire.ts'
import type { Status } from '../protocol.ts'
import { openEventStream } from './event-stream.ts'
import { listenNear } from './listen-near.ts'

/** A stream with one page; `command` counts how often the page was told the status. */
async function openPage() {
  const wire = await openWire({})
  let asked = 0
  const status = async (): Promise<Status> => ({
    born: 1,
    url: wire.url,
    place: 'work',
    command: `status ${++asked}`,
    runs: 1,
    starts: 1,
    faults: wire.faults,
    cutUntil: 0,
  })
  const stream = openEventStream(wire, status)
  const app = express()
  const responses: Response[] = []
  app.get('/events', (request, response) => {
    responses.push(response)
    stream.open(request, response)
  })
  const server = createServer(app)
  const port = await listenNear(server, 0, 0)
  const [page]: IncomingMessage[] = await once(get(`http://127.0.0.1:${port}/events`), 'response')
  const [response] = responses
  if (!page || !response) throw new Error('a response comes with its event')
  onTestFinished(async () => {
    page.destroy()
    stream.close()
    server.close()
    await wire.close()
  })
  let heard = ''
  const read = () => page.on('data', (piece: Buffer) => (heard += piece.toString()))
  const hears = (words: string) => vi.waitUntil(() => heard.includes(words), { timeout: 20_000 })
  return { stream, response, read, hears, lines: () => heard.match(/event: programLine/g)?.length }
}

const line = (text: string) => ({ line: text, stream: 'stdout' }) as const

test('a page that does not read is told no more than a bounded buffer holds, and the status once it reads', async () => {
  const { stream, response, read, hears } = await openPage()
  for (let round = 0; round < 20; round++) {
    for (let i = 0; i < 100; i++) stream.tell('programLine', line('x'.repeat(10_000)))
    expect(response.writableLength).toBeLessThan(1_100_000)
    await setImmediate() // what the system takes off the buffer, it takes here
  }
  read()
  await hears('status 2')
  stream.tell('programLine', line('said to a page that reads'))
  await hears('said to a page that reads')
})

test('a command that prints much at once is heard to its end', async () => {
  const { stream, read, hears, lines } = await openPage()
  read()
  for (let i = 1; i < 500; i++) stream.tell('programLine', line('x'.repeat(1_000)))
  stream.tell('programLine', line('the end'))
  await hears('the end')
  expect(lines()).toBe(500)
})
