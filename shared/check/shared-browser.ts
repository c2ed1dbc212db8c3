import type { Browser } from 'playwright-core'
import { inject } from 'vitest'
import { launchBrowser } from './browser.ts'
import { noBrowser } from './no-browser.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** where the browser listens that all checks of a run share */
    browser?: string
    /** set for a check that runs alone: it starts a browser of its own */
    ownBrowser?: boolean
  }
}

// At once, and not when it is first needed: it starts while the tasks without a page are at work.
const starting = inject('ownBrowser') ? launchBrowser() : undefined
starting?.catch(() => {}) // Whoever asks for it hears of it.

/**
 * The browser for tests, shared by all of a run, or a check's own. Close contexts, not the browser.
 *
 * @returns undefined when none is installed, which must be the reason of a skipped test
 * @throws Error when none is installed and CI is set: there, nothing may be skipped
 */
export function sharedBrowser(): Promise<Browser | undefined> {
  shared ??= connect()
  return shared
}

let shared: Promise<Browser | undefined> | undefined

async function connect(): Promise<Browser | undefined> {
  const address = inject('browser')
  const own = (await starting)?.browser
  if (!address && !own && process.env.CI) throw new Error(noBrowser)
  if (!address) return own
  const { chromium } = await import('playwright-core') // not at the top: it is large, and some checks have no page
  return chromium.connect(address)
}
