import { Advice } from '#shared/terminal/advice'
import { launchBrowser } from '#shared/check/browser'
import { serveSlides } from './slide-server.ts'
import { readDeck, readPaper, slidesOf } from './source.ts'

/**
 * Writes a deck as a PDF, two slides a page, the notes of each below it.
 *
 * @param deck `part-1`
 * @param file where to; what stands there is written over
 * @param options.withNotes false leaves room to write in their place: the answers stand in the notes
 * @throws Advice when there is no browser that could print it, or a slide is broken: it is named, and nothing is written
 */
export async function writeHandout(deck: string, file: string, { withNotes = true } = {}): Promise<void> {
  const nameBroken = (broken: readonly Broken[]) => brokenDeck(deck, broken)
  await print(
    withNotes ? `${deck}/handout` : `${deck}/handout?notes=none`,
    file,
    `slides/${deck}/`,
    nameBroken,
  )
}

/**
 * Writes the sheets of `slides/paper` as a PDF, a page each.
 *
 * @param file where to; what stands there is written over
 * @throws Advice as {@link writeHandout} does
 */
export async function writePaper(file: string): Promise<void> {
  await print('paper', file, 'slides/paper/', brokenPaper)
}

async function print(
  path: string,
  file: string,
  folder: string,
  nameBroken: (broken: readonly Broken[]) => Advice,
): Promise<void> {
  const found = await launchBrowser()
  if (!found) {
    throw new Advice(
      'Chrome, Edge or Chromium prints the handout, and none of them is installed here.',
      `Install one; or print it from another browser:  npm run slides, and then /${path}`,
    )
  }
  const slides = await serveSlides(0)
  try {
    const page = await found.browser.newPage()
    const answer = await page.goto(`${slides.url}/${path}`)
    if (!answer?.ok()) {
      const [why = ''] = ((await answer?.text()) ?? '').split('\n')
      throw new Advice(
        `No handout: the deck cannot be read: ${why}`,
        `Correct it in ${folder}, and type the command again.`,
      )
    }
    const broken = await page.locator('article').evaluateAll(whatIsBroken)
    if (broken.length > 0) throw nameBroken(broken)
    await page.pdf({
      path: file,
      preferCSSPageSize: true,
      printBackground: true,
      tagged: true,
      outline: true,
    })
  } finally {
    await found.browser.close()
    await slides.close()
  }
}

/** Says which slide is broken, and where it is written; of more, how many. */
function brokenDeck(deck: string, broken: readonly Broken[]): Advice {
  const all = slidesOf(readDeck(deck))
  const places = broken.map(({ at, why }) => ({ why, ...all[at]! }))
  const [first, ...others] = places
  if (!first) throw new Error('a deck without a broken slide')
  const more =
    others.length > 0 ? ` So are: ${others.map(({ slide }) => `“${slide.title}”`).join(', ')}.` : ''
  return new Advice(
    `No handout: the slide “${first.slide.title}” is broken: ${first.why}.${more}`,
    `Correct it in slides/${deck}/${first.section.name}.md, and type the command again.`,
  )
}

function brokenPaper(broken: readonly Broken[]): Advice {
  const [first] = broken
  const sheet = readPaper()[first?.at ?? 0]
  return new Advice(
    `No paper: the sheet “${sheet?.title}” is broken: ${first?.why}.`,
    `Correct it in slides/paper/${sheet?.name}.md, and type the command again.`,
  )
}

interface Broken {
  /** which slide of the deck, from 0 */
  at: number
  why: string
}

/**
 * Which slides cannot be printed as they are meant, and what is wrong with each. It runs in the page: no function in it may have
 * a name, since tsx would add a call that the page does not know.
 */
function whatIsBroken(articles: Element[]): Broken[] {
  return articles.flatMap((article, at) => {
    const said = article.querySelector('.broken')?.textContent.trim()
    const problem = said?.replace(/^slide “.*?” \(.*?\), /, '').replace(/\.$/, '') // its name is said already
    const picture = [...article.querySelectorAll('img')].find(({ naturalWidth }) => naturalWidth === 0)
    const boxes = [article.querySelector('section') ?? article, article.querySelector('.notes:not(.own)')]
    const [isCut, areNotesCut] = boxes.map((box) => {
      return box && (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
    })
    const why =
      problem ??
      (picture && `the picture ${picture.getAttribute('src')} is missing`) ??
      (isCut ? 'it has more on it than fits' : undefined) ??
      (areNotesCut ? 'its notes are too long for half a page' : undefined)
    return why ? [{ at, why }] : []
  })
}
