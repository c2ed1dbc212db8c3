import type { FrameLocator, Page } from 'playwright-core'
import { registers, says, startServers, windowOf } from '../support/classroom.ts'

/** The page of several servers, with Ann's and Ben's windows. */
export class ServersStage {
  private constructor(
    readonly page: Page,
    readonly running: Awaited<ReturnType<typeof startServers>>,
  ) {}

  /** @throws Error with what to install, where Postgres, Redis or nginx is missing */
  static async open(page: Page): Promise<ServersStage> {
    return new ServersStage(page, await startServers())
  }

  close(): Promise<void> {
    return this.running.close()
  }

  async goes(): Promise<void> {
    await this.page.goto(this.running.url)
    for (const window of this.#windows) await window.getByRole('link', { name: 'Register' }).waitFor()
  }

  /** Both make an account, and talk. */
  async talk(): Promise<void> {
    const [ann, ben] = this.#windows
    await registers(ann, 'Ann')
    await registers(ben, 'Ben')
    await says(ann, 'hello, Ben! At which server are you?')
    await ben.getByText('At which server').first().waitFor()
    await says(ben, 'It stands below my window.')
    await ann.getByText('below my window').first().waitFor()
  }

  /** Kills the server where Ann's window is, which moves to another one. */
  async kill(): Promise<void> {
    const place = await this.#annsPlace.innerText()
    await this.page.getByRole('button', { name: `Kill ${place}` }).click()
    await this.page.getByRole('button', { name: `Start again ${place}` }).waitFor()
    await this.#annsPlace.filter({ hasText: /server/, hasNotText: place }).waitFor()
  }

  /** Switches large letters on, and waits until the diagram is at its end again. */
  async forProjector(): Promise<void> {
    await this.page.locator('body').press('p')
    await this.page.locator('.projector').waitFor()
    await this.page.waitForFunction(() => {
      const list = document.querySelector('[role=listbox]')
      return list !== null && list.scrollTop + list.clientHeight > list.scrollHeight - 2
    })
    await this.page.getByRole('option').last().waitFor()
  }

  get #windows(): [FrameLocator, FrameLocator] {
    return [windowOf(this.page, 'Ann'), windowOf(this.page, 'Ben')]
  }

  get #annsPlace() {
    return this.page.locator('figcaption').filter({ hasText: 'Ann' }).getByRole('status')
  }
}
