import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import * as browsers from '#shared/check/browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { temporaryFolder } from './support/folders.ts'
import { writeHandout } from '../slides/handout.ts'
import { readDeck, slidesOf } from '../slides/source.ts'

const browser = await sharedBrowser()

test.skipIf(!browser)('the handout is a PDF of as many pages as slides', async () => {
  vi.spyOn(browsers, 'launchBrowser').mockResolvedValue({ name: 'the one of all tests', browser: browser! })
  const file = join(await temporaryFolder(), 'handout.pdf')
  await writeHandout('part-2', file)
  const pdf = await readFile(file, 'latin1')
  expect(pdf.slice(0, 5)).toBe('%PDF-')
  expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(slidesOf(readDeck('part-2')).length)
})
