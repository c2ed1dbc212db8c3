import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import * as browsers from '#shared/check/browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { temporaryFolder } from './support/folders.ts'
import { writeHandout } from '../slides/handout.ts'
import * as source from '../slides/source.ts'

const { readDeck, slidesOf } = source

const browser = await sharedBrowser()

/** writeHandout closes the browser that it was given; this one is the next test's, too. */
function lendBrowser(): void {
  vi.spyOn(browser!, 'close').mockResolvedValue()
  vi.spyOn(browsers, 'launchBrowser').mockResolvedValue({ name: 'the one of all tests', browser: browser! })
}

test.skipIf(!browser)('the handout is a PDF with two slides a page', async () => {
  lendBrowser()
  const file = join(await temporaryFolder(), 'handout.pdf')
  await writeHandout('part-2', file)
  const pdf = await readFile(file, 'latin1')
  expect(pdf.slice(0, 5)).toBe('%PDF-')
  expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(Math.ceil(slidesOf(readDeck('part-2')).length / 2))
})

test.skipIf(!browser)('a broken slide is named, and no handout is written', async () => {
  lendBrowser()
  const deck = source.readDeck('part-2')
  const slide = { ...slidesOf(deck)[0]!.slide, title: 'What nobody measured', body: '```chart weather\n```' }
  const section = { ...deck.sections[0]!, slides: [slide] }
  vi.spyOn(source, 'readDeck').mockReturnValue({ ...deck, sections: [section] })
  const file = join(await temporaryFolder(), 'handout.pdf')
  await expect(writeHandout('part-2', file)).rejects.toMatchObject({
    message: expect.stringMatching(/^No handout: the slide “What nobody measured” is broken: .*“weather”/),
    next: expect.stringContaining('slides/part-2/'),
  })
  expect(existsSync(file)).toBe(false)
})
