import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../tests/support/folders.ts'
import { newestResult, readReference } from './newest.ts'
import type { Result } from './result.ts'
import { minutesOnTunnel } from './tunnel-line.ts'

const reference = await readReference()

/** A folder with the reference, and with the reference under other names, changed a little. */
async function results(files: Record<string, Partial<Result>>): Promise<string> {
  const dir = await temporaryFolder()
  for (const [file, changes] of Object.entries({ 'reference.json': {}, ...files })) {
    await writeFile(join(dir, file), JSON.stringify({ ...reference, ...changes }))
  }
  return dir
}

test('what was measured here last comes before the reference, when it is complete', async () => {
  expect(await newestResult({ dir: await results({}) })).toEqual(reference)
  const dir = await results({
    '2026-11-22T08-00-00.json': { command: 'older' },
    '2026-11-22T09-00-00.json': { command: 'newer' },
    '2026-11-22T10-00-00.json': { command: 'ended early', complete: false },
    '2026-11-22T11-00-00.json': { command: 'bare', headers: 'bare' },
    '2026-11-22T12-00-00.json': { command: 'elsewhere', url: 'http://localhost:5000' },
  })
  expect((await newestResult({ dir })).command).toBe('newer')
})

test('a quick result has no silence, and so nothing for the tunnel: the one before it is taken', async () => {
  const quick = { command: 'quick', rows: reference.rows.filter(({ doing }) => doing !== 'idle') }
  const hasTunnel = (result: Result) => minutesOnTunnel(result, 'websocket') !== undefined
  const dir = await results({
    '2026-11-22T08-00-00.json': { command: 'whole' },
    '2026-11-22T09-00-00.json': quick,
  })
  expect((await newestResult({ dir })).command).toBe('quick')
  expect((await newestResult({ dir, with: hasTunnel })).command).toBe('whole')
  const withQuickAlone = await results({ '2026-11-22T09-00-00.json': quick })
  expect(await newestResult({ dir: withQuickAlone, with: hasTunnel })).toEqual(reference)
})

test('a damaged result, or one of an older form, is passed over: the page that asks is not to fail for it', async () => {
  const dir = await results({ '2026-11-22T08-00-00.json': { command: 'whole' } })
  await writeFile(join(dir, '2026-11-22T09-00-00.json'), '{"rows": [')
  await writeFile(join(dir, '2026-11-22T10-00-00.json'), '{"version": 0}')
  expect((await newestResult({ dir })).command).toBe('whole')
})
