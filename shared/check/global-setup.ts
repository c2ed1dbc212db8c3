import type { TestProject } from 'vitest/node'
import { launchBrowserServer } from './browser.ts'

/** One browser for all checks of an `npm test`. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const browser = await launchBrowserServer()
  project.provide('browser', browser?.wsEndpoint())
  return async () => browser?.close()
}
