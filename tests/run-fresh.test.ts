import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runFresh } from '#shared/run/run-fresh'
import { programFolder } from './support/folders.ts'

/** Counts its own starts, in a file. */
const counting = `
import { appendFileSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { dataFolder } from '#shared/serve/data'
import { listen } from '#shared/serve/listen'

const file = join(dataFolder(import.meta.dirname), 'starts')
appendFileSync(file, 'x')
await listen(createServer((_request, response) => response.end(readFileSync(file))))
`

test('a program has data of its own, finds it again after it was killed, and leaves nothing behind', async () => {
  const dir = await programFolder()
  await writeFile(join(dir, 'server.ts'), counting)
  const options = { compiled: true, patienceMs: 45_000 } // however busy the machine is
  const [ann, ben] = await Promise.all([runFresh(dir, options), runFresh(dir, options)])
  const starts = async (url: string) => (await fetch(url)).text()

  await ann.restart()
  expect(ann.running).toBe(true)
  expect(ann.output).toEqual([ann.url, ann.url])
  expect(await starts(ann.url)).toBe('xx')
  expect(await starts(ben.url)).toBe('x')

  await Promise.all([ann.stop(), ben.stop()])
  expect([ann.dataDir, ben.dataDir].filter(existsSync)).toEqual([])
})
