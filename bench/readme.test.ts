import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { overLongPolling, overWebSocket } from './formulas.ts'
import { readReference } from './newest.ts'
import { freePlan, lesson as classroom, minutesOnTunnel } from './tunnel-line.ts'

const lesson = await readFile(join(import.meta.dirname, 'README.md'), 'utf8')

test('the lesson’s “hello” among three costs what the formulas say', () => {
  const hello = [{ speaker: 'ann', text: 'hello', acknowledgement: 1 }]
  const sum = ({ bytesUp, bytesDown }: { bytesUp: number; bytesDown: number }) =>
    (bytesUp + bytesDown).toLocaleString('en-US')
  expect(lesson).toContain(`${sum(overWebSocket(hello, 3))} bytes, no request`)
  expect(lesson).toContain(
    `${sum(overLongPolling(hello, 3, 'http://localhost:4000'))} bytes and four requests`,
  )
})

test('the files that the lesson points at exist', async () => {
  const links = [...lesson.matchAll(/\]\(([^)]+)\)/g)].map(([, file]) => file ?? '')
  expect(links.length).toBeGreaterThan(3)
  for (const file of links)
    await expect(readFile(join(import.meta.dirname, file), 'utf8')).resolves.not.toBe('')
})

test('how long a class lasts on the tunnel, the README tells by the reference run', async () => {
  const readme = await readFile(join(import.meta.dirname, '..', 'README.md'), 'utf8')
  const text = readme.replaceAll(/\s+/g, ' ')
  const reference = await readReference()
  const minutes = (transport: 'websocket' | 'plain-1000' | 'polling') => {
    const found = minutesOnTunnel(reference, transport)
    expect(found).toBeGreaterThan(0)
    return found ?? 0
  }
  expect(classroom).toEqual({ guests: 30, messagesPerMinute: 60 })
  expect(text).toContain(`${freePlan.requests.toLocaleString('en-US')} requests and 1 GB out a month`)
  expect(text).toContain(`${Math.round(minutes('websocket') / 60)} hours over WebSocket`)
  expect(text).toContain(`${Math.round(minutes('plain-1000'))} minutes with a page that asks every second`)
  expect(text).toContain(`${Math.round(minutes('polling'))} minutes over Socket.IO's long-polling`)
})
