import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import * as browsers from '#shared/check/browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { temporaryFolder } from './support/folders.ts'
import { writeHandout, writePaper } from '../slides/handout.ts'
import { Advice } from '#shared/terminal/advice'
import * as figures from '../slides/figures.ts'
import * as source from '../slides/source.ts'

const browser = await sharedBrowser()

const many = (words: string) => Array.from({ length: 60 }, () => words).join('\n\n')

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
  expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(
    Math.ceil(source.slidesOf(source.readDeck('part-2')).length / 2),
  )
})

test.skipIf(!browser)(
  'the paper is a PDF with a page for each sheet, and a sheet that is too long is named',
  async () => {
    lendBrowser()
    const file = join(await temporaryFolder(), 'paper.pdf')
    await writePaper(file)
    const pdf = await readFile(file, 'latin1')
    expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(source.readPaper().length)
    const long = { name: '03-long', title: 'Too long', body: many('One more line.') }
    vi.spyOn(source, 'readPaper').mockReturnValue([...source.readPaper(), long])
    await expect(writePaper(file)).rejects.toMatchObject({
      message: 'No paper: the sheet “Too long” is broken: it has more on it than fits.',
      next: expect.stringContaining('slides/paper/03-long.md'),
    })
  },
)

/** A deck of a slide that is right, and one with this on it. */
function deckWith(slide: Partial<source.Slide>): void {
  const deck = source.readDeck('part-2')
  const [right] = source.slidesOf(deck)
  const broken = { ...right!.slide, title: 'What nobody measured', ...slide }
  const section = { ...right!.section, name: '08-history', slides: [right!.slide, broken] }
  vi.spyOn(source, 'readDeck').mockReturnValue({ ...deck, sections: [section] })
}

const brokenSlides: [what: string, slide: Partial<source.Slide>, why: RegExp][] = [
  ['has a chart of nothing', { body: '```chart weather\n```' }, /“weather”/],
  [
    'quotes what stands nowhere',
    { body: '```ts steps/08-history/server.ts\nno such line\n```' },
    /“no such line” does not stand in steps\/08-history\/server\.ts/,
  ],
  [
    'shows a picture that is missing',
    { body: '![a map](../pictures/map.svg)' },
    /the picture \S*map\.svg is missing/,
  ],
  ['is too long', { body: many('One more line.') }, /it has more on it than fits/],
  [
    'is too wide',
    { body: `| a | b |\n|---|---|\n| \`${'x'.repeat(200)}\` | y |` },
    /it has more on it than fits/,
  ],
  ['has too many notes', { notes: many('One more thing to say, and to ask.') }, /its notes are too long/],
]

test.skipIf(!browser).each(brokenSlides)(
  'a slide that %s is named, and no handout is written',
  async (_what, slide, why) => {
    lendBrowser()
    deckWith(slide)
    const file = join(await temporaryFolder(), 'handout.pdf')
    const failure = writeHandout('part-2', file)
    await expect(failure).rejects.toMatchObject({
      message: expect.stringMatching(/^No handout: the slide “What nobody measured” is broken: (?!slide)/),
      next: expect.stringContaining('slides/part-2/08-history.md'),
    })
    await expect(failure).rejects.toThrow(why)
    expect(existsSync(file)).toBe(false)
  },
)

test.skipIf(!browser)('whatever a slide throws is said, with the name of the slide', async () => {
  lendBrowser()
  deckWith({ body: '```chart bytes\n```' })
  vi.spyOn(figures, 'chartOf').mockImplementation(() => {
    throw new TypeError('bars is undefined')
  })
  const file = join(await temporaryFolder(), 'handout.pdf')
  await expect(writeHandout('part-2', file)).rejects.toThrow(
    /“What nobody measured” is broken: chart bytes: TypeError: bars is undefined/,
  )
  expect(existsSync(file)).toBe(false)
})

test.skipIf(!browser)('a deck that cannot be read is no handout of one sentence', async () => {
  lendBrowser()
  vi.spyOn(source, 'readDeck').mockImplementation(() => {
    throw new Advice('08-history.md has no title.', 'Its first line begins with  #')
  })
  const file = join(await temporaryFolder(), 'handout.pdf')
  await expect(writeHandout('part-2', file)).rejects.toThrow(
    'No handout: the deck cannot be read: 08-history.md has no title.',
  )
  expect(existsSync(file)).toBe(false)
})
