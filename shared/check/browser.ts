import { existsSync } from 'node:fs'
import type { Browser, BrowserServer, BrowserType, LaunchOptions } from 'playwright-core'

const candidates: { name: string; options: LaunchOptions }[] = [
  { name: 'Google Chrome', options: { channel: 'chrome' } },
  { name: 'Microsoft Edge', options: { channel: 'msedge' } },
  ...[
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ].map((executablePath) => ({ name: 'Chromium', options: { executablePath } })),
]

/** Chrome asks its maker for news when it starts; a workshop's browser asks nobody. */
const args = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/**
 * Starts the first browser that is installed here: Chrome, Edge, or Chromium. Headless.
 *
 * @returns undefined when there is none
 */
export async function launchBrowser(): Promise<{ name: string; browser: Browser } | undefined> {
  return firstThatStarts((chromium, options) => chromium.launch(options).then((browser) => ({ browser })))
}

/**
 * The same, for several processes to share: they connect to `wsEndpoint`.
 *
 * @returns undefined when there is none
 */
export async function launchBrowserServer(): Promise<{ name: string; server: BrowserServer } | undefined> {
  return firstThatStarts((chromium, options) => chromium.launchServer(options).then((server) => ({ server })))
}

/** The browser that {@link launchBrowser} would start, which is tried out; undefined when there is none. */
export async function findBrowser(): Promise<{ name: string; version: string } | undefined> {
  const found = await launchBrowser()
  if (!found) return undefined
  const version = found.browser.version()
  await found.browser.close()
  return { name: found.name, version }
}

async function firstThatStarts<Started>(
  start: (chromium: BrowserType, options: LaunchOptions) => Promise<Started>,
): Promise<(Started & { name: string }) | undefined> {
  const { chromium } = await import('playwright-core') // not at the top: it is large
  for (const { name, options } of candidates) {
    if (options.executablePath && !existsSync(options.executablePath)) continue
    try {
      return { ...(await start(chromium, { ...options, args })), name }
    } catch (error) {
      // "Not found" is the answer for most candidates on most machines; anything else should be seen.
      if (!/is not found at|doesn't exist/.test(String(error))) throw error
    }
  }
  return undefined
}
