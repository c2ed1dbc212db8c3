import type { Browser } from 'playwright-core'
import { inject } from 'vitest'
import { noBrowser } from './no-browser.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** where the browser listens that all tests share; undefined when none is installed */
    browser?: string
  }
}

/**
 * The browser that all tests of a run share. Close contexts, not the browser.
 *
 * @returns undefined when none is installed, which must be the reason of a skipped test
 * @throws Error when none is installed and CI is set: there, nothing may be skipped
 */
export async function sharedBrowser(): Promise<Browser | undefined> {
  const address = inject('browser')
  if (!address && process.env.CI) throw new Error(noBrowser)
  if (!address) return undefined
  const { chromium } = await import('playwright-core') // not at the top: it is large, and some checks have no page
  return chromium.connect(address)
}
