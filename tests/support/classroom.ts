import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { FrameLocator, Page } from 'playwright-core'
import { copyProject } from './project-copy.ts'

const patienceMs = 30_000
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

/**
 * Starts three servers as somebody has them who types the lesson's command.
 *
 * @throws Error with what it printed, when it ends before they run
 * @returns the address of their page, and what ends all and removes the copy of the project
 */
export async function startServers() {
  const folder = await mkdtemp(join(tmpdir(), 'on-the-wire-'))
  await copyProject(folder)
  const child = spawn(process.execPath, ['commands/cli.mjs', 'step', '18', '--servers', '3', '--port', '0'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const close = async () => {
    child.kill()
    await ended
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  const printed: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => printed.push(line))
  for await (const line of createInterface({ input: child.stdout })) {
    printed.push(line)
    if (line.includes('Ctrl-C stops them all')) break
  }
  child.stdout.resume()
  const [, url] = /^(http:\/\/localhost:\d+)\nThat is the classroom/m.exec(printed.join('\n')) ?? []
  if (url !== undefined) return { url, close }
  await close()
  throw new Error(printed.join('\n'))
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

/**
 * In a window of step 9 or later: somebody makes an account.
 *
 * @param name what their username and their display name begin with; nobody has them yet
 */
export async function registers(window: FrameLocator, name: string): Promise<void> {
  const number = ++accounts
  await window.getByRole('link', { name: 'Register' }).click({ timeout: patienceMs })
  await window.getByLabel('Username, to log in with').fill(`${name.toLowerCase()}-${number}`)
  await window.getByLabel('Display name').fill(`${name} ${number}`)
  await window.getByLabel('Password').fill('a long password')
  await window.getByRole('button', { name: 'Register' }).click()
  await window.getByText('connected over').waitFor({ timeout: patienceMs })
}
let accounts = 0

/** Somebody says something in the chat's page. */
export async function says(page: Page | FrameLocator, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Message' })
  await field.fill(text)
  await field.press('Enter')
}
