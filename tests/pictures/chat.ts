import type { Page } from 'playwright-core'
import type { Socket } from 'socket.io-client'
import { newAccount } from '#shared/check/account'
import { firstWithLogin, type Step } from '#shared/course/course'
import { runFresh, type FreshProgram } from '#shared/run/run-fresh'
import { connectAs, enter } from '../gate/enter.ts'
import { saying } from '../hostile/honest.ts'
import { says } from '../support/classroom.ts'

const texts = [
  'hello? Is anybody here?',
  'no <b>markup</b> gets through, by the way',
  'https://example.com/an/address/that/is/longer/than/any/line/and-has-no-place-where-it-could-be-broken?q=1',
  'How many requests did this take? I counted one, and then the line stayed open, so that the server could speak first whenever it had something to say.',
  'שלום לכולם (abc) 123!',
]
const textOf = (n: number) => `${n} · ${texts[n % texts.length]}`

/** So many messages, of all sorts. */
export const messages = (count: number) => Array.from({ length: count }, (_, index) => textOf(index + 1))

/** A step's program, with Ann at its page and the others at sockets. */
export class Chat {
  readonly #others = new Map<string, Socket>()
  #cookie = '' // Ann's
  #said = 0

  private constructor(
    readonly page: Page,
    readonly step: Step,
    readonly program: FreshProgram,
  ) {}

  static async open(page: Page, step: Step): Promise<Chat> {
    // A busy machine is no reason to have no pictures.
    const options = { compiled: true, env: { EVENTS_PER_SECOND: '100000' }, patienceMs: 60_000 }
    return new Chat(page, step, await runFresh(step.dir, options))
  }

  async close(): Promise<void> {
    for (const socket of this.#others.values()) socket.disconnect()
    await this.program.stop()
  }

  /** Ann opens a page. */
  async goes(path = '/'): Promise<void> {
    await this.page.goto(this.program.url + path)
    if (path === '/' && this.step.number > 1) await this.shows(/connected over|asking every/)
  }

  /** Ann loads the page, and is in the chat. */
  async enters(): Promise<void> {
    const { url } = this.program
    if (this.step.number >= firstWithLogin && !this.#cookie) {
      this.#cookie = (await newAccount(url, 'ann')) ?? ''
      const [name = '', value = ''] = this.#cookie.split('=')
      await this.page.context().addCookies([{ name, value, url }])
    }
    await this.goes()
    await enter(this.page, this.step, 'ann')
  }

  /** Ann fills a form, by the labels of its fields, and sends it. */
  async sends(fields: Record<string, string>): Promise<void> {
    for (const [label, text] of Object.entries(fields)) await this.page.getByLabel(label).fill(text)
    await this.page.keyboard.press('Enter')
  }

  /** What the page itself would not let through. */
  async saysTooMuch(): Promise<void> {
    const field = this.page.getByRole('textbox', { name: 'Message' })
    await field.evaluate((element) => element.removeAttribute('maxlength'))
    await says(this.page, 'x'.repeat(2_001))
  }

  clicks(name: string): Promise<void> {
    return this.page.getByRole('button', { name }).first().click()
  }

  /** Waits until Ann's page says this. */
  shows(text: string | RegExp): Promise<void> {
    return this.page.getByText(text).filter({ visible: true }).first().waitFor()
  }

  /** The others' sockets; who is not here yet comes in. */
  come(...names: string[]): Promise<Socket[]> {
    const sockets = names.map(async (name) => {
      const socket = this.#others.get(name) ?? (await connectAs(this.program.url, this.step, name))
      this.#others.set(name, socket)
      return socket
    })
    return Promise.all(sockets)
  }

  /** All go on talking until so many messages were said, and the last one is in Ann's page. */
  async talk(upTo: number): Promise<void> {
    const annIsIn = await this.page.getByRole('textbox', { name: 'Message' }).isVisible()
    while (this.#said < upTo) {
      const n = ++this.#said
      const isAnns = this.step.number <= 3 || (annIsIn && n % 3 === 1) // In step 3 each hears an echo alone.
      const [other] = isAnns ? [] : await this.come(n % 3 === 0 ? 'ben' : 'cleo')
      if (other) other.emit(...saying(this.step, textOf(n)))
      else await says(this.page, textOf(n))
    }
    await this.page.getByText(`${upTo} · `).last().waitFor()
  }

  /** Ann scrolls up, and two more lines come. */
  async readsOldLines(): Promise<void> {
    await this.talk(Math.max(this.#said, 12))
    await this.page.getByRole('log').evaluate((log) => log.scrollTo(0, -log.scrollHeight))
    for (const _ of [1, 2]) {
      const [cleo] = await this.come('cleo')
      cleo?.emit(...saying(this.step, textOf(++this.#said)))
    }
  }

  /** Ben sends these, one after the other. */
  ben(event: string, ...values: unknown[]): Promise<void> {
    return this.other('ben', event, ...values)
  }

  /** Somebody sends these, one after the other; without a value, the event alone. */
  async other(name: string, event: string, ...values: unknown[]): Promise<void> {
    const [socket] = await this.come(name)
    if (values.length === 0) socket?.emit(event)
    for (const value of values) await socket?.emitWithAck(event, value)
  }

  /** Dora puts posts on the board. */
  async post(count: number): Promise<void> {
    const dora = (await newAccount(this.program.url, 'dora')) ?? ''
    for (let n = 1; n <= count; n++) {
      const body = new URLSearchParams({ title: `Post ${n}`, text: textOf(n).repeat(n % 7 === 0 ? 8 : 1) })
      const post = { method: 'POST', body, headers: { cookie: dora }, redirect: 'manual' } as const
      await fetch(`${this.program.url}/board/new`, post)
    }
  }
}
