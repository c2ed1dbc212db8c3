import { Advice } from '#shared/terminal/advice'
import { launchBrowser } from '#shared/check/browser'
import { serveSlides } from './slide-server.ts'

/**
 * Writes a deck as a PDF, two slides a page, the notes of each below it.
 *
 * @param deck `part-1`
 * @param file where to; what stands there is written over
 * @throws Advice when there is no browser that could print it
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
