import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '#shared/check/browser'
import { noBrowser } from '#shared/check/no-browser'
import { root, type Step } from '#shared/course/course'
import { pageFile } from '#shared/serve/page-file'
import { runFresh } from '#shared/run/run-fresh'
import { openAs } from './enter.ts'
import type { CourseResult } from './course-result.ts'

/**
 * Promise 5: no served page asks for anything outside this machine, and nothing that it does ask for is missing.
 *
 * @param steps the steps whose pages are opened
 * @throws Error when there is no browser to open them with
 */
export async function asksNobodyElse(steps: readonly Step[]): Promise<CourseResult[]> {
  const found = await launchBrowser()
  if (!found) throw new Error(noBrowser)
  try {
    const kept: CourseResult[] = []
    for (const step of steps.filter(({ dir }) => existsSync(join(dir, pageFile(dir, 'index.html'))))) {
      kept.push(await pageStaysHere(found.browser, step))
    }
    return [...kept, ...(await sourcesNameNobody(steps))]
  } finally {
    await found.browser.close()
  }
}

async function pageStaysHere(browser: Browser, step: Step): Promise<CourseResult> {
  const program = await runFresh(step.dir, { compiled: true, patienceMs: 45_000 })
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const problems: string[] = []
    const here = new URL(program.url).host
    page.on('request', (request) => {
      const { host, protocol } = new URL(request.url())
      if (host !== here && !['data:', 'blob:'].includes(protocol))
        problems.push(`it asks for ${request.url()}`)
    })
    page.on('websocket', (socket) => {
      if (new URL(socket.url()).host !== here) problems.push(`it connects to ${socket.url()}`)
    })
    page.on('response', (response) => {
      if (response.status() >= 400)
        problems.push(`${new URL(response.url()).pathname} is ${response.status()}`)
    })
    page.on('pageerror', (error) => problems.push(`its script fails: ${error.message}`))
    await openAs(page, program.url, step, 'ann')
    await page.getByText(/connected over websocket|asking every second/).waitFor()
    return { promise: 5, where: step.name, what: 'its page asks this machine alone', broken: problems[0] }
  } finally {
    await context.close()
    await program.stop()
  }
}

/** What a page loads stands in HTML, CSS and Markdown as well as in what it did just now. */
async function sourcesNameNobody(steps: readonly Step[]): Promise<CourseResult[]> {
  const dirs = [join(root, 'static'), ...steps.map(({ dir }) => dir)]
  const files = (
    await Promise.all(
      dirs.map(async (dir) => (await readdir(dir, { recursive: true })).map((file) => join(dir, file))),
    )
  ).flat()
  return Promise.all(
    files
      .filter((file) => /\.(html|css|md|svg)$/.test(file))
      .map(async (file) => {
        const outside =
          /(?:src=["']?|url\(["']?|@import\s+["']|<link[^>]*href=["']?|!\[[^\]]*\]\()(?:https?:)?\/\/[^\s"')]+/i
        const broken = outside.exec(await readFile(file, 'utf8'))?.[0]
        const where = relative(root, file).replaceAll('\\', '/')
        return { promise: 5, where, what: 'it loads nothing from elsewhere', broken }
      }),
  )
}
