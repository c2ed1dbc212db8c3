import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findStep } from '#shared/course/course'
import { programFolder } from '../support/folders.ts'
import { attack, mostMb, weaknesses } from './harness.ts'

const step = findStep('5')

/** Step 5 with a mistake planted in its server. */
async function planted(from: string, to: string): Promise<string> {
  const dir = await programFolder()
  for (const file of ['server.ts', 'client.ts', 'index.html', 'events.ts']) {
    await cp(join(step.dir, file), join(dir, file))
  }
  const source = await readFile(join(dir, 'server.ts'), 'utf8')
  expect(source).toContain(from)
  await writeFile(join(dir, 'server.ts'), source.replace(from, to))
  return dir
}

// npm run test:hostile does it in full, and to every step.
test('step 5 stands a short assault, and its guests lose nothing', async () => {
  const report = await attack({ dir: step.dir, step: step.number, seed: 7, part: 0.05 })
  expect(weaknesses(report)).toEqual([])
  expect(report.inputs).toBeGreaterThan(100)
  expect(report.said).toBeGreaterThan(0)
})

test('a program that calls an acknowledgement without a check is found out', async () => {
  const dir = await planted(
    'if (isFunction(acknowledge)) acknowledge({ ok: true })',
    'acknowledge({ ok: true })',
  )
  const report = await attack({ dir, step: 5, seed: 7, part: 0.5, only: ['wrong payloads'] })
  expect(weaknesses(report).join('\n')).toMatch(/it died: TypeError: acknowledge is not a function/)
})

test('a program that keeps what it is sent is found out', async ({ skip }) => {
  const opening = 'socket.use(([, ...sent], next) => {' // before the limit, which would save it
  const keeping = 'Object.assign(io, { [Math.random()]: Buffer.alloc(200_000, 1) })'
  const dir = await planted(opening, `${opening}\n${keeping}`)
  const report = await attack({ dir, step: 5, seed: 7, part: 0.3, only: ['a flood of messages'] })
  if (report.peakMb === undefined) return skip('this system does not tell how much memory a process has')
  expect(report.peakMb).toBeGreaterThan(mostMb)
  expect(weaknesses(report).join('\n')).toContain(`and ${mostMb} are allowed`)
})
