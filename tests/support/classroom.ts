import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { FrameLocator, Page } from 'playwright-core'
import { copyProject } from './project-copy.ts'

const env = { ...process.env, NO_COLOR: '1', WARM_CHECK: 'no', EVENTS_PER_SECOND: '100000' }

/**
 * Starts the classroom as a learner has it on the first day: `npm start` in a copy of the project.
 *
 * @throws Error when it ends at once
 * @returns the copy's folder, absolute; the address of the classroom, and of the program behind the wire; and what ends
 *   both and removes the copy
 */
export async function startClassroom() {
  const folder = await mkdtemp(join(tmpdir(), 'on-the-wire-'))
  await copyProject(folder)
  const child = spawn(process.execPath, ['commands/cli.mjs', 'start', '--port', '0'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'ignore'], // A program that a test breaks says so there.,
  })
  const ended = once(child, 'close')
  const addresses: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    addresses.push(...(/http:\/\/localhost:\d+/.exec(line) ?? []))
    if (addresses.length === 2) break
  }
  if (addresses.length < 2) throw new Error('npm start has ended before it told its two addresses')
  child.stdout.resume()
  const [url = '', chat = ''] = addresses
  const close = async () => {
    child.kill()
    await ended
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  return { folder, url, chat, close }
}

/** Ann's window in the classroom, or Ben's. */
export function windowOf(page: Page, name: string): FrameLocator {
  return page.frameLocator(`iframe[title^="${name}"]`)
}

/** In a window of step 5 or 6: somebody gives their name, once the page's script is there. */
export async function comesIn(window: FrameLocator, name: string, over = ''): Promise<void> {
  await window.getByText(`connected over ${over}`).waitFor()
  await window.getByRole('textbox', { name: 'What is your name?' }).fill(name)
  await window.getByRole('textbox').press('Enter')
  await window.getByRole('textbox', { name: 'Message' }).waitFor()
}

/** Somebody says something in the chat's page. */
export async function says(page: Page | FrameLocator, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Message' })
  await field.fill(text)
  await field.press('Enter')
}
