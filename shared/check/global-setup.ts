import type { TestProject } from 'vitest/node'
import { launchBrowserServer } from './browser.ts'

/** One browser for all that asks for one: what Node alone can run does not. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const isNeeded = project.vitest.projects.some(({ name }) => name.startsWith('whole'))
  const browser = isNeeded ? await launchBrowserServer() : undefined
  project.provide('browser', browser?.wsEndpoint())
  return async () => browser?.close()
}
