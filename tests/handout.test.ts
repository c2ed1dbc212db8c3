import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import * as browsers from '#shared/check/browser'
import { temporaryFolder } from './support/folders.ts'
import { writeHandout } from '../slides/handout.ts'
import { readDeck, slidesOf } from '../slides/source.ts'

const found = await browsers.findBrowser()

test.skipIf(!found)('the handout is a PDF of as many pages as slides', async () => {
  const file = join(await temporaryFolder(), 'handout.pdf')
  await writeHandout('part-2', file)
  const pdf = await readFile(file, 'latin1')
  expect(pdf.slice(0, 5)).toBe('%PDF-')
  expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(slidesOf(readDeck('part-2')).length)
})

test('without a browser it says what to do', async () => {
  vi.spyOn(browsers, 'launchBrowser').mockResolvedValue(undefined)
  await expect(writeHandout('part-1', 'never.pdf')).rejects.toMatchObject({
    message: expect.stringContaining('Chrome, Edge or Chromium'),
    next: expect.stringContaining('/part-1/handout'),
  })
})
