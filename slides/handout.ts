import { Advice } from '#shared/terminal/advice'
import { launchBrowser } from '#shared/check/browser'
import { serveSlides } from './slide-server.ts'

/**
 * Writes a deck as a PDF, two slides a page, the notes of each below it.
 *
 * @param deck `part-1`
 * @param file where to; what stands there is written over
 * @throws Advice when there is no browser that could print it, or a slide is broken: then nothing is written
 */
export async function writeHandout(deck: string, file: string): Promise<void> {
  const found = await launchBrowser()
  if (!found) {
    throw new Advice(
      'Chrome, Edge or Chromium prints the handout, and none of them is installed here.',
      `Install one; or print it from another browser:  npm run slides, and then /${deck}/handout`,
    )
  }
  const slides = await serveSlides(0)
  try {
    const page = await found.browser.newPage()
    await page.goto(`${slides.url}/${deck}/handout`)
    const [broken] = await page.locator('article').evaluateAll(whatIsBroken)
    if (broken) {
      throw new Advice(
        `No handout: the slide “${broken.slide}” is broken: ${broken.why}.`,
        `Mend it in slides/${deck}/, and type the command again.`,
      )
    }
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

/** Runs in the page. Of each slide that cannot be printed as it is meant, its title and what is wrong. */
function whatIsBroken(articles: Element[]): { slide: string; why: string }[] {
  return articles.flatMap((article) => {
    const problem = article.querySelector('.broken')?.textContent
    const picture = [...article.querySelectorAll('img')].find(({ naturalWidth }) => naturalWidth === 0)
    const slide = article.querySelector('section')
    const isCut = slide !== null && slide.scrollHeight > slide.clientHeight + 1
    const why =
      problem ??
      (picture && `the picture ${picture.src} is missing`) ??
      (isCut ? 'it is too long' : undefined)
    return why ? [{ slide: article.querySelector('h1, h2')?.textContent ?? '', why }] : []
  })
}
