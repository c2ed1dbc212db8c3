import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { root } from '#shared/course/course'
import { run } from '#shared/run/run'
import { programFolder, temporaryFolder } from './support/folders.ts'
import { dataFolder } from '#shared/serve/data'

test('DATA_DIR is made, with all that leads to it', async () => {
  const folder = join(await temporaryFolder(), 'not', 'there', 'yet')
  vi.stubEnv('DATA_DIR', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(dataFolder(join(root, 'work'))).toBe(folder)
  expect((await stat(folder)).isDirectory()).toBe(true)
})

test('without it, each program has a folder of its own', () => {
  vi.stubEnv('DATA_DIR', undefined)
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(dataFolder(join(root, 'work'))).toBe(join(root, '.data', 'work'))
})

test('a place where no folder can be made is named, with what to do', async () => {
  const dir = await programFolder()
  await writeFile(
    join(dir, 'server.ts'),
    "import { dataFolder } from '#shared/serve/data'\ndataFolder(import.meta.dirname)\n",
  )
  const place = join(dir, 'server.ts', 'data')
  await expect(run(dir, { env: { DATA_DIR: place } })).rejects.toMatchObject({
    output: [
      expect.stringContaining(`${place} is to keep the data, and could not be made: `),
      'Set DATA_DIR to a folder that you may write to, or leave it unset.',
    ],
  })
})
