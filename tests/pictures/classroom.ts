import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { FrameLocator, Page } from 'playwright-core'
import { findStep, programFilesIn } from '#shared/course/course'
import { copyProject } from '../support/project-copy.ts'
import { connectAs } from '../gate/enter.ts'
import { withoutLimit } from './chat.ts'

const step = findStep('6')

/** `npm start` in a copy of the project, as on a learner's first day, and its page. */
export interface Classroom {
  readonly page: Page
  /** where the classroom is */
  readonly url: string
  /** where the program is, behind the wire */
  readonly chat: string
  /** the learner's folder */
  readonly work: string
  /** ends it, and removes the copy */
  close(): Promise<void>
}

export async function startClassroom(page: Page): Promise<Classroom> {
  const folder = await mkdtemp(join(tmpdir(), 'on-the-wire-pictures-'))
  await copyProject(folder)
  const child = spawn(process.execPath, ['commands/cli.mjs', 'start', '--port', '0'], {
    cwd: folder,
    env: { ...process.env, ...withoutLimit },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  const addresses: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    addresses.push(...(/http:\/\/localhost:\d+/.exec(line) ?? []))
    if (addresses.length === 2) break
  }
  child.stdout.resume()
  const [chat = '', url = ''] = addresses
  return {
    page,
    url,
    chat,
    work: join(folder, 'work'),
    async close() {
      child.kill()
      await ended
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Opens the classroom, and step 6's lesson. */
export async function openLesson({ page, url }: Classroom): Promise<void> {
  await page.goto(url)
  await page.getByRole('combobox', { name: 'Step' }).selectOption('6')
  await page.getByRole('heading', { name: step.title }).waitFor()
}

/** Ann's window or Ben's. */
export function windowOf({ page }: Classroom, name: string): FrameLocator {
  return page.frameLocator(`iframe[title^="${name}"]`)
}

/** Both come in, and Ann says something. */
export async function talk(classroom: Classroom): Promise<void> {
  const [ann, ben] = [windowOf(classroom, 'Ann'), windowOf(classroom, 'Ben')]
  await comesIn(ann, 'ann')
  await comesIn(ben, 'ben')
  await says(ann, 'hello, Ben! Do you hear me?')
  await ben.getByText('hello, Ben!').waitFor()
}

/** In a window of step 6: somebody gives their name. */
export async function comesIn(window: FrameLocator, name: string): Promise<void> {
  await window.getByText(/connected over/).waitFor()
  await window.getByRole('textbox').fill(name)
  await window.getByRole('textbox').press('Enter')
  await window.getByRole('textbox', { name: 'Message' }).waitFor()
}

export async function says(window: FrameLocator, text: string): Promise<void> {
  await window.getByRole('textbox', { name: 'Message' }).fill(text)
  await window.getByRole('textbox', { name: 'Message' }).press('Enter')
}

/** Chooses the newest row that says this, and keeps it open. */
export async function takeApart({ page }: Classroom, text: string): Promise<void> {
  await page.getByLabel('containing').fill(text)
  await page.getByRole('option', { name: text }).last().click()
  await page.getByText('what it is there for').waitFor()
  await page.getByLabel('containing').fill('')
}

/** Cleo says so much that the ladder gets more than a thousand rows. */
export async function fillLadder(classroom: Classroom): Promise<void> {
  const close = classroom.page.getByRole('button', { name: 'Close' })
  if (await close.isVisible()) await close.click() // What was taken apart lies over the windows.
  const cleo = await connectAs(classroom.chat, step, 'cleo')
  for (let n = 1; n <= 300; n++) await cleo.emitWithAck('new message', `message ${n} of 300`)
  await windowOf(classroom, 'Ben').getByText('message 300 of 300').waitFor()
  cleo.disconnect()
}

/** Asks for a delay that cannot be, and is told no. */
export async function beRefused({ page }: Classroom): Promise<void> {
  await page.getByLabel('delay').fill('-5')
  await page.getByLabel('delay').press('Enter')
  await page.getByRole('alert').filter({ hasText: /./ }).waitFor()
}

export async function refuseWebSocket({ page }: Classroom): Promise<void> {
  await page.getByRole('checkbox', { name: 'refuse WebSocket' }).check()
  await page.getByText('--refuse-websocket').waitFor()
}

/** Cuts the wire, for pictures best longer than they take. */
export async function cut(classroom: Classroom, seconds: number): Promise<void> {
  const form = classroom.page.locator('form', { hasText: 'Cut everything' })
  await form.getByRole('spinbutton').fill(String(seconds))
  await form.getByRole('button').click()
  for (const name of ['Ann', 'Ben']) await windowOf(classroom, name).getByText('reconnecting…').waitFor()
}

/** Begins step 6 in work/. */
export async function begin(classroom: Classroom): Promise<void> {
  await openLesson(classroom)
  await classroom.page.getByRole('button', { name: /^Begin/ }).click()
  await windowOf(classroom, 'Ben').getByText('connected over').waitFor()
}

/** @param verdict the words that the check ends with */
export async function check({ page }: Classroom, verdict: string): Promise<void> {
  await page.getByRole('button', { name: /^Check/ }).click()
  await page.getByRole('log').getByText(verdict).last().waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: /^Check/, disabled: false }).waitFor()
}

/** Puts the finished step into work/. */
export async function finish({ work }: Classroom): Promise<void> {
  for (const file of programFilesIn(step.dir)) await cp(join(step.dir, file), join(work, file))
}

/** An edit after which the program does not start. */
export async function crash({ page, work }: Classroom): Promise<void> {
  const file = join(work, 'server.ts')
  const source = await readFile(file, 'utf8')
  await writeFile(
    file,
    source.replace('const app', "throw new Error('the database is not there')\n\nconst app"),
  )
  await seesCrash(page)
}

/** Waits until the page says that the program is down. */
export function seesCrash(page: Page): Promise<void> {
  return page.getByRole('status').filter({ hasText: 'work is down' }).waitFor()
}
