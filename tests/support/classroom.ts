import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { FrameLocator, Page } from 'playwright-core'
import { copyProject } from './project-copy.ts'

const patienceMs = 30_000
const startMs = 120_000 // three servers and all that they share, on a busy machine
const env = { ...process.env, NO_COLOR: '1', WARM_CHECK: 'no', EVENTS_PER_SECOND: '100000' }

/**
 * Starts the classroom as a learner has it on the first day: `npm start` in a copy of the project.
 *
 * @throws Error with what it printed, when it ends before it runs, or takes too long
 * @returns the copy's folder, absolute; the address of the classroom, and of the program behind the wire; and what ends
 *   both and removes the copy
 */
export async function startClassroom() {
  const { lines, ...running } = await start(['start', '--port', '0'], (all) => addressesIn(all).length === 2)
  const [url = '', chat = ''] = addressesIn(lines)
  return { ...running, url, chat }
}

/**
 * Starts three servers as somebody has them who types the lesson's command.
 *
 * @throws Error with what it printed, when it ends before they run, or takes too long
 * @returns the address of their page, and what ends all and removes the copy of the project
 */
export async function startServers() {
  const words = ['step', '18', '--servers', '3', '--port', '0']
  const isUp = (all: string[]) => all.at(-1)?.includes('Ctrl-C stops them all') ?? false
  const { lines, close } = await start(words, isUp)
  const ofPage = lines.slice(
    0,
    lines.findIndex((line) => line.startsWith('That is the classroom')),
  )
  return { url: addressesIn(ofPage).at(-1) ?? '', close }
}

/** Runs a command in a copy of the project, until what it has printed says that it is up. */
async function start(words: string[], isUp: (lines: string[]) => boolean) {
  const folder = await mkdtemp(join(tmpdir(), 'on-the-wire-'))
  await copyProject(folder)
  const child = spawn(process.execPath, ['commands/cli.mjs', ...words], {
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
  const errors: string[] = [] // A program that a test breaks says so there, too.
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line))
  const lines: string[] = []
  const tooLong = setTimeout(() => child.kill(), startMs)
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (isUp(lines)) break
  }
  clearTimeout(tooLong)
  child.stdout.resume()
  if (isUp(lines)) return { folder, lines, close }
  await close()
  throw new Error(`npm run ${words.join(' ')} has ended:\n${[...lines, ...errors].join('\n')}`)
}

const addressesIn = (lines: string[]) => lines.flatMap((line) => /http:\/\/localhost:\d+/.exec(line) ?? [])

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
