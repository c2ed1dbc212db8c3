import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserServer } from 'playwright-core'

const { LOCALAPPDATA, PROGRAMFILES, 'PROGRAMFILES(X86)': PROGRAMFILES_X86 } = process.env
const windowsFolders = [LOCALAPPDATA, PROGRAMFILES, PROGRAMFILES_X86].filter((folder) => folder !== undefined)

/** Where installers put them: on Linux, on macOS, on Windows. */
const places: { name: string; files: string[] }[] = [
  {
    name: 'Google Chrome',
    files: [
      '/opt/google/chrome/chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      ...windowsFolders.map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
    ],
  },
  {
    name: 'Microsoft Edge',
    files: [
      '/opt/microsoft/msedge/msedge',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      ...windowsFolders.map((folder) => join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe')),
    ],
  },
  {
    name: 'Chromium',
    files: [
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/snap/bin/chromium',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
  },
]

/**
 * Playwright's own list, which ours replaces (a browser minds the last one alone), and before it the pages that Chromium 156 prepares behind
 * the address line of each new window: with them a window took 1.2 s of processor time, without them 0.35 s. Then what keeps strangers'
 * pages apart, each in a process of its own with another one in reserve: all pages here are ours.
 */
const withoutFeatures = [
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxPopup',
  'AimEnabled',
  'SpareRendererForSitePerProcess',
  'IsolateOrigins',
  'site-per-process',
  'RenderDocument',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
]

/**
 * Chrome asks its maker for news when it starts; a workshop's browser asks nobody. And it draws for nobody who looks: with one process for
 * pages and drawing inside the browser's own, loading step 5's page takes 0.5 s of processor time instead of 0.85 s (20 loads).
 */
const args = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-site-isolation-trials',
  '--process-per-site',
  '--renderer-process-limit=1',
  '--disable-gpu',
  '--in-process-gpu',
  `--disable-features=${withoutFeatures.join(',')}`,
]

/**
 * Starts the first browser that is installed here: Chrome, Edge, or Chromium. Headless.
 *
 * @param more arguments for the browser, beside ours
 * @returns undefined when there is none
 */
export async function launchBrowser(
  more: readonly string[] = [],
): Promise<{ name: string; browser: Browser } | undefined> {
  const found = installed()
  if (!found) return undefined
  const { chromium } = await import('playwright-core') // not at the top: it is large
  return {
    name: found.name,
    browser: await chromium.launch({ executablePath: found.file, args: [...args, ...more] }),
  }
}

/**
 * The same, for several processes to share.
 *
 * @returns undefined when there is none
 */
export async function launchBrowserServer(): Promise<BrowserServer | undefined> {
  const found = installed()
  if (!found) return undefined
  const { chromium } = await import('playwright-core')
  return chromium.launchServer({ executablePath: found.file, args })
}

/** The browser that {@link launchBrowser} would start, which is tried out; undefined when there is none. */
export async function findBrowser(): Promise<{ name: string; version: string } | undefined> {
  const found = await launchBrowser()
  if (!found) return undefined
  const version = found.browser.version()
  await found.browser.close()
  return { name: found.name, version }
}

function installed(): { name: string; file: string } | undefined {
  for (const { name, files } of places) {
    const file = files.find(existsSync)
    if (file) return { name, file }
  }
  return undefined
}
