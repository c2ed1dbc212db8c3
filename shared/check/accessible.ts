import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

declare global {
  interface Window {
    axe: {
      run(
        place: Document,
        options: { iframes: boolean },
      ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
    }
  }
}

/** The rules of axe that a page breaks, each with its places; what stands in frames is not looked at. */
export async function violations(page: Page): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in window)
  if (!isThere) await page.evaluate(await readFile(axe, 'utf8')) // a script tag may be refused by the page's own policy
  const { violations: all } = await page.evaluate(() => window.axe.run(document, { iframes: false }))
  return all.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** How many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
