import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { findStep } from './course.ts'
import { hintsShown, markPassed, nextHint, readProgress } from './progress.ts'
import { temporaryFolder } from '../../tests/support/folders.ts'

const four = findStep('4')

test('without a file, nothing has been achieved', async () => {
  const folder = await temporaryFolder()
  expect(await readProgress(folder)).toEqual({ passed: {}, hints: {} })
  expect(await hintsShown(four, folder)).toBe(0)
})

test('a step stays passed since the first time', async () => {
  const folder = await temporaryFolder()
  const file = join(folder, '.workshop.json')
  await writeFile(file, JSON.stringify({ passed: { 4: '2026-01-01T10:00:00.000Z' }, hints: {} }))
  await markPassed(four, folder)
  await markPassed(findStep('5'), folder)
  const { passed } = await readProgress(folder)
  expect(passed[4]).toBe('2026-01-01T10:00:00.000Z')
  expect(Date.parse(passed[5] ?? '')).toBeGreaterThan(Date.now() - 60_000)
})

test('hints go up one rung at a time, and stay on the last', async () => {
  const folder = await temporaryFolder()
  const rungs = []
  for (let i = 0; i < 4; i++) rungs.push(await nextHint(four, 3, folder))
  expect(rungs).toEqual([1, 2, 3, 3])
  expect(await hintsShown(four, folder)).toBe(3)
  expect(await hintsShown(findStep('5'), folder)).toBe(0)
})

test('it leaves no draft behind', async () => {
  const folder = await temporaryFolder()
  await markPassed(four, folder)
  expect(await readdir(folder)).toEqual(['.workshop.json'])
})

describe('a file that makes no sense is put aside, and a line says so', () => {
  test.each([
    ['cut off', '{"passed": {"1": "2026-01-'],
    ['no object', 'null'],
    ['of another form', '{"passed": []}'],
    ['with a time that is none', '{"passed": {"1": "yesterday"}, "hints": {}}'],
    ['with a count that is none', '{"passed": {}, "hints": {"1": -1}}'],
    ['with a step that is none', '{"passed": {"one": "2026-01-01T10:00:00.000Z"}, "hints": {}}'],
  ])('%s', async (_what, text) => {
    const said = vi.spyOn(console, 'error').mockReturnValue()
    const folder = await temporaryFolder()
    await writeFile(join(folder, '.workshop.json'), text)
    expect(await readProgress(folder)).toEqual({ passed: {}, hints: {} })
    expect(await readFile(join(folder, '.workshop.json.broken'), 'utf8')).toBe(text)
    expect(said.mock.calls).toEqual([
      [
        '.workshop.json could not be read and is now .workshop.json.broken. Your ticks and hints start again.',
      ],
    ])
    said.mockRestore()
  })
})
