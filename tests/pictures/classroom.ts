import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FrameLocator, Page } from 'playwright-core'
import { registration } from '#shared/check/account'
import { findStep, programFilesIn } from '#shared/course/course'
import { connectAs } from '../gate/enter.ts'
import { comesIn, says, startClassroom, windowOf } from '../support/classroom.ts'

const step = findStep('6')

/** The classroom, and its page. */
export class Classroom {
  private constructor(
    readonly page: Page,
    readonly running: Awaited<ReturnType<typeof startClassroom>>,
  ) {}

  static async open(page: Page): Promise<Classroom> {
    return new Classroom(page, await startClassroom())
  }

  close(): Promise<void> {
    return this.running.close()
  }

  async goes(path = '/'): Promise<void> {
    await this.page.goto(this.running.url + path)
    await this.page.getByRole('heading').first().waitFor()
  }

  /** Opens step 6's lesson. */
  async openLesson(): Promise<void> {
    await this.goes()
    await this.page.getByRole('button', { name: /^6 · / }).click()
    await this.page.getByRole('heading', { name: step.title }).waitFor()
  }

  windowOf(name: string): FrameLocator {
    return windowOf(this.page, name)
  }

  clicks(name: RegExp): Promise<void> {
    return this.page.getByRole('button', { name }).click()
  }

  /** Both come into the finished step, and Ann says something. */
  async talk(): Promise<void> {
    const run = this.page.getByRole('button', { name: /^Run the finished/ })
    if (await run.isVisible()) await run.click()
    const [ann, ben] = [this.windowOf('Ann'), this.windowOf('Ben')]
    await comesIn(ann, 'ann')
    await comesIn(ben, 'ben')
    await says(ann, 'hello, Ben! Do you hear me?')
    await ben.getByText('hello, Ben!').waitFor()
  }

  /** Both make an account in step 10, each with the session of their own window, and talk. */
  async talkWithAccounts(): Promise<void> {
    await this.goes()
    await this.clicks(/^10 · /)
    await this.clicks(/^Run the finished/)
    for (const name of ['Ann', 'Ben']) {
      const window = this.windowOf(name)
      await window.getByRole('link', { name: 'Register' }).click()
      const { username, displayName, password } = registration(name)
      await window.getByLabel('Username, to log in with').fill(username)
      await window.getByLabel('Display name').fill(displayName)
      await window.getByLabel('Password').fill(password)
      await window.getByLabel('Password').press('Enter')
      await window.getByText('connected over websocket').waitFor()
    }
    await says(this.windowOf('Ann'), 'We are two people, in one browser.')
    await this.windowOf('Ben').getByText('in one browser').waitFor()
    await says(this.windowOf('Ben'), 'Each of us has a cookie.')
    await this.windowOf('Ann').getByText('a cookie').waitFor()
  }

  /** Switches large letters on, as by the key. */
  async forProjector(): Promise<void> {
    await this.page.locator('body').press('p')
    await this.page.locator('.projector').waitFor()
  }

  /** Chooses the newest row that says this, and keeps it open. */
  async takeApart(text: string): Promise<void> {
    await this.page.getByLabel('containing').fill(text)
    const others = this.page.locator('[role=option]:not(.silence)').filter({ hasNotText: text })
    await others.first().waitFor({ state: 'detached' }) // The list is still being filtered before that.
    await this.page.getByRole('option', { name: text }).last().click()
    await this.page.getByText('what it is there for').waitFor()
    await this.page.getByLabel('containing').fill('')
  }

  /** Cleo says so much that the wire gets more than a thousand rows. */
  async fillWire(): Promise<void> {
    await this.clicks(/^Close/) // What was taken apart lies over the windows.
    const cleo = await connectAs(this.running.chat, step, 'cleo')
    for (let n = 1; n <= 300; n++) await cleo.emitWithAck('new message', `message ${n} of 300`)
    await this.windowOf('Ben').getByText('message 300 of 300').waitFor()
    cleo.disconnect()
  }

  /** Asks for a delay that cannot be, and is told no. */
  async beRefused(): Promise<void> {
    await this.page.getByLabel('delay').fill('-5')
    await this.page.getByLabel('delay').press('Enter')
    await this.page.getByRole('alert').filter({ hasText: /./ }).waitFor()
  }

  async refuseWebSocket(): Promise<void> {
    await this.page.getByRole('checkbox', { name: 'refuse WebSocket' }).click()
    await this.page.getByText('--refuse-websocket').waitFor()
    for (const name of ['Ann', 'Ben']) await this.windowOf(name).getByText('connected over polling').waitFor()
  }

  /** Cuts the wire, for pictures best longer than they take. */
  async cut(seconds: number): Promise<void> {
    const form = this.page.locator('form', { hasText: 'Cut everything' })
    await form.getByRole('spinbutton').fill(String(seconds))
    await form.getByRole('button').click()
    for (const name of ['Ann', 'Ben']) await this.windowOf(name).getByText('reconnecting…').waitFor()
  }

  /** Begins step 6 in work/. */
  async begin(): Promise<void> {
    await this.clicks(/^Begin/)
    await this.windowOf('Ben').getByText('connected over').waitFor()
  }

  /** @param verdict the words that the check ends with */
  async check(verdict: string): Promise<void> {
    await this.clicks(/^Check/)
    await this.page.locator('.verdict').getByText(verdict).waitFor({ timeout: 180_000 })
    const again = this.page.getByRole('button', { name: /^Check/, disabled: false })
    await again.waitFor({ timeout: 180_000 }) // Once a step is done, all that earlier ones taught is checked.
  }

  /** Puts the finished step into work/. */
  async finish(): Promise<void> {
    for (const file of programFilesIn(step.dir))
      await cp(join(step.dir, file), join(this.running.folder, 'work', file))
  }

  /** An edit after which the program does not start. */
  async crash(): Promise<void> {
    const file = join(this.running.folder, 'work', 'server.ts')
    const source = await readFile(file, 'utf8')
    await writeFile(file, `throw new Error('the database is not there')\n${source}`)
    await this.seesCrash()
  }

  seesCrash(): Promise<void> {
    return this.page.getByRole('status').filter({ hasText: 'work is down' }).waitFor()
  }
}
