import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { overLongPolling, overWebSocket } from './formulas.ts'

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
