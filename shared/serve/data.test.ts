import { existsSync } from 'node:fs'
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../../tests/support/folders.ts'
import { root } from '../course/course.ts'
import { dataFolder } from './data.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

test('DATA_DIR is made, with all that leads to it', async () => {
  const folder = join(await temporaryFolder(), 'not', 'there', 'yet')
  vi.stubEnv('DATA_DIR', folder)
  expect(dataFolder(join(root, 'work'))).toBe(folder)
  expect((await stat(folder)).isDirectory()).toBe(true)
})

test('without it, each program has a folder of its own', () => {
  vi.stubEnv('DATA_DIR', undefined)
  const name = join('steps', '01-hello-http')
  expect(dataFolder(join(root, name))).toBe(join(root, '.data', '01-hello-http'))
  expect(existsSync(join(root, '.data', '01-hello-http'))).toBe(true)
})

test('a place where no folder can be made is named, with what to do', async () => {
  const file = join(await temporaryFolder(), 'file')
  await writeFile(file, '')
  const place = join(file, 'data')
  vi.stubEnv('DATA_DIR', place)
  const said = vi.spyOn(console, 'error').mockReturnValue()
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
    throw new Error('the program has ended')
  })
  expect(() => dataFolder(join(root, 'work'))).toThrow('the program has ended')
  expect(exit).toHaveBeenCalledWith(1)
  expect(said.mock.calls.flat()).toEqual([
    expect.stringContaining(`${place} is the folder for the data, and cannot be made: `),
    'Set DATA_DIR to a folder that you may write to, or leave it unset.',
  ])
})
