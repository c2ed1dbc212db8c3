import type { Browser, Locator, Page } from 'playwright-core'
import { need, NotYet } from './not-yet.ts'
import { eventually } from './patience.ts'
import { show, type Transcript } from './transcript.ts'

const separator = '\x1e' // between the packets of Engine.IO in one request

declare global {
  interface Window {
    everShown: string[]
    everSaid: string[]
    webSockets: (WebSocket & { isUpgraded?: boolean })[]
    /** how the packets begin that get lost on their way to the page */
    lost: string | undefined
  }
}

/** Somebody at a browser window, who knows the page by what it says and not by how it is made. */
export class PageGuest {
  readonly name: string
  readonly page: Page
  /** the lines of messages, oldest first */
  readonly lines: Locator
  readonly #transcript: Transcript
  readonly #packets: string[] = [] // what the page has sent
  #clock: 'untouched' | 'stands' | 'runs' = 'untouched'
  #isOffline = false
  #isForAnother = true

  /**
   * @param name how the transcript calls them
   * @param page a page of {@link newWindow}, or one that a guest has left
   * @param transcript where all that they do and see is written down
   */
  constructor(name: string, page: Page, transcript: Transcript) {
    this.name = name
    this.page = page
    this.lines = page.getByRole('log').getByRole('listitem')
    this.#transcript = transcript
    page.on('pageerror', (error) => transcript.note(`${name}'s page`, error.message))
    page.on('request', (request) => this.#packets.push(...(request.postData() ?? '').split(separator)))
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => this.#packets.push(String(payload)))
    })
    page.on('response', (response) => {
      if (response.status() < 400 || response.request().resourceType() !== 'script') return
      transcript.note(`${name}'s page`, `GET ${new URL(response.url()).pathname} ${response.status()}`)
    })
  }

  /** An empty window that shares no cookies with another. */
  static async newWindow(browser: Browser): Promise<Page> {
    const page = await (await browser.newContext()).newPage()
    await page.clock.install() // before a script loads: Socket.IO keeps the timer functions that it finds
    page.setDefaultTimeout(30_000) // how long a page takes to load, or a busy browser to type, is no answer to any task
    await page.addInitScript(() => {
      window.everShown = []
      window.everSaid = []
      window.webSockets = []
      window.lost = undefined
      const isLost = (packet: string) => window.lost !== undefined && packet.startsWith(window.lost)
      window.WebSocket = class extends WebSocket {
        constructor(...how: ConstructorParameters<typeof WebSocket>) {
          if (sessionStorage.getItem('WebSocket') === 'refused') throw new Error('refused, as by a proxy')
          super(...how)
          window.webSockets.push(this)
          // Before any other listener.
          this.addEventListener('message', (event) => {
            if (isLost(String(event.data))) event.stopImmediatePropagation()
          })
        }
        isUpgraded = false
        override send(data: string) {
          if (data !== '2probe') this.isUpgraded = true // Engine.IO's protocol: from now on nothing goes over polling.
          super.send(data)
        }
      }
      window.XMLHttpRequest = class extends XMLHttpRequest {
        // Polling: several packets in one answer. A 6 is one that says nothing.
        override get responseText() {
          const packets = super.responseText.split('\x1e')
          return packets.map((packet) => (isLost(packet) ? '6' : packet)).join('\x1e')
        }
      }
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          if (target instanceof HTMLElement && target.role === 'status')
            window.everSaid.push(target.innerText)
        }
        for (const item of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
          if (item instanceof HTMLLIElement) window.everShown.push(item.innerText)
        }
      }).observe(document, { childList: true, subtree: true })
    })
    return page
  }

  /** Opens the program's page. @throws NotYet when the server does not answer */
  async open(url: string): Promise<void> {
    this.#transcript.said(this.name, 'opens the page')
    await this.#loaded(this.page.goto(url))
  }

  async #loaded(loading: Promise<unknown>): Promise<void> {
    await loading.catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error
      throw new NotYet({
        expected: `GET / is answered, and ${this.name} has the page`,
        saw: 'no answer',
        look: "server.ts — app.get('/'): does it call next() when all is well?",
      })
    })
  }

  /**
   * Opens the program's page as somebody who has logged in elsewhere.
   *
   * @param cookie as it stands in a request's header, `session=…`
   */
  async openAs(cookie: string): Promise<void> {
    const { origin } = new URL(this.page.url())
    const cookies = cookie.split('; ').map((pair) => ({
      name: pair.slice(0, pair.indexOf('=')),
      value: pair.slice(pair.indexOf('=') + 1),
      url: origin,
    }))
    // What the page before still waits for would bring the cookie of its own session.
    await this.page.goto('about:blank')
    if (cookie) await this.page.context().addCookies(cookies)
    await this.open(origin)
  }

  /**
   * Ends this guest, and empties the window for the next one.
   *
   * @returns undefined when it is of no use to another one
   */
  async handsBack(): Promise<Page | undefined> {
    if (this.page.isClosed()) return undefined
    this.page.removeAllListeners('pageerror')
    this.page.removeAllListeners('response')
    this.page.removeAllListeners('request')
    this.page.removeAllListeners('websocket')
    this.page.removeAllListeners('framenavigated')
    await this.page.unrouteAll({ behavior: 'ignoreErrors' }) // A task that failed has not tidied up.
    await this.page.context().clearCookies()
    if (this.#isOffline) await this.page.context().setOffline(false)
    // A page that asks ever more often would go on, and slow down all others; of one that still loads, all else waits for ever.
    await this.page.goto('about:blank')
    if (!this.#isForAnother) {
      await this.page.context().close() // What was set there is not to be taken back from here.
      return undefined
    }
    if (this.#clock === 'stands') await this.page.clock.resume()
    if (this.#clock !== 'untouched') await this.page.clock.setSystemTime(Date.now())
    return this.page
  }

  /**
   * Writes into a field, key by key.
   *
   * @param label what stands beside the field
   * @param text the keys
   * @throws NotYet when the page has no such field
   */
  async types(label: string, text: string): Promise<void> {
    const field = await this.#field(label)
    this.#transcript.said(this.name, 'types', show(text))
    await field.pressSequentially(text)
  }

  /**
   * Puts a whole text into a field at once, as pasting does, past what the page's own limits allow to type.
   *
   * @param label what stands beside the field
   * @throws NotYet when the page has no such field
   */
  async pastes(label: string, text: string): Promise<void> {
    const field = await this.#field(label)
    this.#transcript.said(this.name, 'pastes', show(text))
    await field.evaluate((element) => element.removeAttribute('maxlength'))
    await field.fill(text)
  }

  /** Presses Enter, or another key. */
  async presses(key = 'Enter'): Promise<void> {
    this.#transcript.said(this.name, 'presses', key)
    await this.page.keyboard.press(key)
  }

  /** @throws NotYet when the page has no such button */
  async clicks(button: string): Promise<void> {
    const found = await this.#find(
      this.page.getByRole('button', { name: button, exact: true }),
      `a button “${button}”`,
    )
    this.#transcript.said(this.name, `clicks “${button}”`)
    await found.click()
  }

  /**
   * Waits until the list of messages has a line with this text.
   *
   * @param text all of the line's text, or a pattern
   * @param lateMs how long a right page lets it wait
   * @throws NotYet with the lines that it has instead
   */
  async reads(text: string | RegExp, look: string, lateMs = 0): Promise<Locator> {
    const line = await eventually(async () => (await this.linesWith(text))[0], lateMs)
    need(line !== undefined, {
      expected: `${this.name}'s page shows ${quoted(text)}`,
      saw: await this.#sight(),
      look,
    })
    this.#transcript.heard(this.name, 'reads', show(clean(await line.innerText())))
    return line
  }

  /**
   * Call this after a later line was read: what came before it stands before it.
   *
   * @throws NotYet when the list of messages has a line with this text
   */
  async lacks(text: string, look: string): Promise<void> {
    need((await this.linesWith(text)).length === 0, {
      expected: `${this.name}'s page does not show ${show(text)}`,
      saw: 'it does',
      look,
    })
  }

  /** The lines of messages that have this text now. */
  async linesWith(text: string | RegExp): Promise<Locator[]> {
    const texts = await this.lines.allInnerTexts().catch(() => []) // another page is on its way
    return texts.flatMap((line, index) => {
      const found = clean(line)
      const isWanted = typeof text === 'string' ? found === text : text.test(found)
      return isWanted ? [this.lines.nth(index)] : []
    })
  }

  /**
   * Waits until the text of a part of the page matches.
   *
   * @param part a CSS selector
   * @param expected the sentence after "Expected:"
   * @param lateMs how long a right page lets it wait
   * @throws NotYet with the text that stands there instead
   */
  async finds(part: string, wanted: RegExp, expected: string, look: string, lateMs = 0): Promise<void> {
    const seen = async () => {
      const texts = await this.page
        .locator(part)
        .allTextContents()
        .catch(() => []) // another page is on its way
      return clean(texts[0] ?? '')
    }
    const text = await eventually(async () => wanted.test(await seen()), lateMs)
    need(text === true, { expected, saw: `${this.name}'s page says ${show(await seen())}`, look })
    this.#transcript.heard(this.name, 'sees', show(await seen()))
  }

  /** Stops the page's clock: from now on its own timers move by {@link passes} alone. Until then a few seconds pass. */
  async stopsTheClock(): Promise<void> {
    const now = await this.page.evaluate(() => Date.now())
    await this.page.clock.pauseAt(now + 10_000)
    this.#clock = 'stands'
  }

  /** @param ms how long the page believes that passes, in ms */
  async passes(ms: number): Promise<void> {
    this.#transcript.said(this.name, `waits ${ms} ms`)
    await this.page.clock.runFor(ms)
  }

  /** Loads the page again, where a proxy on the way refuses every WebSocket. */
  async reloadsBehindProxy(): Promise<void> {
    this.#transcript.said(this.name, 'loads the page again, where a proxy refuses WebSocket')
    this.#isForAnother = false
    await this.page.evaluate(() => sessionStorage.setItem('WebSocket', 'refused'))
    await this.#loaded(this.page.reload())
  }

  /**
   * Cuts the page's connection, once it is on WebSocket, and lets no other one through until {@link isOnlineAgain}. In
   * between its clock stands, so that nobody waits for its next try.
   */
  async goesOffline(): Promise<void> {
    await eventually(() =>
      this.page.evaluate(() =>
        window.webSockets.some(({ isUpgraded, readyState }) => isUpgraded && readyState === WebSocket.OPEN),
      ),
    )
    if (this.#clock !== 'stands') await this.stopsTheClock()
    this.#transcript.note(`${this.name}'s connection`, 'is cut')
    this.#isOffline = true
    // Closed first: offline, the two ends could not agree on it, and Chromium would wait for ten seconds.
    const cut = () => this.page.evaluate(() => window.webSockets.forEach((socket) => socket.close()))
    await cut()
    await eventually(() =>
      this.page.evaluate(() => window.webSockets.every(({ readyState }) => readyState === WebSocket.CLOSED)),
    )
    await this.page.context().setOffline(true)
    await cut() // one that was opened in between
  }

  /** What the page sends over the connection that it has now gets lost on the way: the server never has it. */
  async losesWhatItSends(): Promise<void> {
    this.#transcript.note(`what ${this.name}'s page sends`, 'gets lost on the way')
    await this.page.evaluate(() => window.webSockets.forEach((socket) => void (socket.send = () => {})))
  }

  /** The server's acknowledgements get lost on their way to the page, until {@link getsEverything}. */
  async losesAcknowledgements(): Promise<void> {
    this.#transcript.note(`the acknowledgements for ${this.name}'s page`, 'get lost on the way')
    await this.page.evaluate(() => {
      window.lost = '43' // Socket.IO's protocol: so an acknowledgement begins, in the main namespace
    })
  }

  /** `login` gets lost on its way to the page that is opened next, until {@link getsEverything}. */
  async losesLogin(): Promise<void> {
    this.#transcript.note(`"login" for ${this.name}'s page`, 'gets lost on the way')
    this.#isForAnother = false
    await this.page.addInitScript(() => {
      window.lost = '42["login"'
    })
  }

  /** From now on nothing is lost. */
  async getsEverything(): Promise<void> {
    this.#transcript.note(`what is said to ${this.name}'s page`, 'arrives again')
    await this.page.evaluate(() => {
      window.lost = undefined
    })
  }

  /** What the page has sent with an event, each time since this guest came, whether or not it arrived. */
  sent(event: string): unknown[] {
    return this.#packets.flatMap((packet) => {
      const [, json] = /^42\d*(\[.*\])$/s.exec(packet) ?? [] // Socket.IO's protocol: a message, an event, its number
      const [name, value]: unknown[] = json ? JSON.parse(json) : []
      return name === event ? [value] : []
    })
  }

  /** The page can connect again. Socket.IO tries within 1.5 s of a cut: so far the page's clock moves, and then goes on. */
  async isOnlineAgain(): Promise<void> {
    this.#transcript.note(`${this.name}'s connection`, 'may be made again')
    this.#isOffline = false
    await this.page.context().setOffline(false)
    await this.page.clock.runFor(1_500)
    this.#clock = 'runs'
    await this.page.clock.resume() // The first try may still fail; then there are others.
  }

  /**
   * Waits until a field holds this text.
   *
   * @param label what stands beside the field
   * @throws NotYet with what it holds instead
   */
  async holds(label: string, text: string, look: string): Promise<void> {
    const field = await this.#field(label)
    const isRight = await eventually(async () => (await field.inputValue()) === text)
    need(isRight === true, {
      expected: `the field “${label}” holds ${show(text)}`,
      saw: show(await field.inputValue()),
      look,
    })
  }

  /**
   * Waits until the list of messages has a line with this text, so many times and no more.
   *
   * @throws NotYet with how often it has it instead
   */
  async readsTimes(text: string | RegExp, times: number, look: string): Promise<void> {
    const isRight = await eventually(async () => (await this.linesWith(text)).length === times)
    need(isRight === true, {
      expected: `${this.name}'s page shows ${quoted(text)} ${times === 1 ? 'once' : `${times} times`}`,
      saw: `${(await this.linesWith(text)).length} times`,
      look,
    })
  }

  /**
   * Waits until the page complains, in what a screen reader reads out at once.
   *
   * @param wanted '' for no complaint
   * @throws NotYet with what it says instead
   */
  async complains(wanted: RegExp | '', look: string): Promise<void> {
    const said = async () => clean((await this.page.getByRole('alert').allInnerTexts()).join(' '))
    const isRight = await eventually(async () => {
      const text = await said()
      return wanted === '' ? text === '' : wanted.test(text)
    })
    need(isRight === true, {
      expected:
        wanted === '' ? `${this.name}'s page complains of nothing` : `${this.name}'s page says why not`,
      saw: show(await said()),
      look,
    })
  }

  /** The texts of all list items that this page has ever shown since it was loaded, however briefly. */
  everShown(): Promise<string[]> {
    return this.page.evaluate(() => window.everShown)
  }

  /** All that this page has ever said of its state since it was loaded, however briefly. */
  everSaid(): Promise<string[]> {
    return this.page.evaluate(() => window.everSaid)
  }

  /** Loads the page again. @throws NotYet when the server does not answer */
  async reloads(): Promise<void> {
    this.#transcript.said(this.name, 'loads the page again')
    await this.#loaded(this.page.reload())
  }

  /** The colours, as #rrggbb, in which anything in this line is written, filled, or marked by `--colour`. */
  async coloursOf(line: Locator): Promise<string[]> {
    const found = await line.evaluate((element) => {
      const canvas = document.createElement('canvas').getContext('2d')
      const inHex = (colour: string) => {
        if (!canvas || !colour) return ''
        canvas.fillStyle = colour
        return canvas.fillStyle
      }
      return [element, ...element.querySelectorAll('*')].flatMap((part) =>
        [null, '::before', '::after'].flatMap((pseudo) => {
          const style = getComputedStyle(part, pseudo)
          return [style.color, style.backgroundColor, style.getPropertyValue('--colour').trim()].map(inHex)
        }),
      )
    })
    return [...new Set(found)].filter((colour) => /^#[0-9a-f]{6}$/.test(colour))
  }

  /** Closes the window. */
  async leave(): Promise<void> {
    this.#transcript.said(this.name, 'closes the window')
    await this.page.context().close()
  }

  /** A password's field is no textbox to a browser: it is known by its label alone. */
  #field(label: string): Promise<Locator> {
    const textbox = this.page.getByRole('textbox', { name: label })
    const password = this.page.getByLabel(label).and(this.page.locator('[type=password]'))
    return this.#find(textbox.or(password), `a field “${label}”`)
  }

  async #find(locator: Locator, what: string): Promise<Locator> {
    const isThere = await eventually(() => locator.isVisible().catch(() => false)) // or the page is another by now
    need(isThere === true, {
      expected: `the page has ${what}`,
      saw: `${this.name} finds none`,
      look: 'index.html — what does the page show, and is client.ts loaded without an error?',
    })
    return locator
  }

  async #sight(): Promise<string> {
    const lines = (await this.lines.allInnerTexts()).map(clean)
    return lines.length === 0 ? 'no line at all' : `its last line is ${show(lines.at(-1))}`
  }
}

function clean(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function quoted(text: string | RegExp): string {
  return typeof text === 'string' ? show(text) : String(text)
}
