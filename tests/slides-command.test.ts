import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findBrowser } from '#shared/check/browser'
import { root } from '#shared/course/course'
import { temporaryFolder } from './support/folders.ts'
import { type } from './support/type-command.ts'

const browser = await findBrowser()

test('the decks are served until Ctrl-C', async () => {
  const slides = type(root, 'slides --port 0')
  await slides.prints('Ctrl-C stops it')
  const url = /On the Wire: {2}(\S+)/.exec(slides.output())?.[1] ?? ''
  expect((await fetch(url)).status).toBe(200)
  expect(slides.output()).toContain(`for the presenter:  ${url}/presenter`)
  expect(await slides.stop()).toBe(0)
})

test.skipIf(!browser)('a handout is written, and says how many slides are in it', async () => {
  const file = join(await temporaryFolder(), 'handout.pdf')
  const [exitCode, output] = await type(root, `slides --part 2 --pdf ${file}`).end()
  expect(output).toMatch(/handout\.pdf: \d+ slides, two a page$/)
  expect(exitCode).toBe(0)
  expect((await readFile(file, 'latin1')).slice(0, 5)).toBe('%PDF-')
})
