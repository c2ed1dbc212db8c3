import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import type { Step } from '#shared/course/course'
import { openWire } from '#shared/wire/open-wire'
import { openAs } from '../gate/enter.ts'
import { chance } from '../support/traffic.ts'

const pauseMs = 250 // until somebody tries again whose page has enough to send: twenty who tried at once kept two processors busy

/** How much happens. */
export interface StormSize {
  people: number
  /** of all people together */
  messages: number
  /** how often every connection is cut off */
  cuts: number
  /** how often the program is killed without a warning */
  kills: number
  /** how often somebody loads their page again */
  reloads: number
}

/** A chat that people can be thrown out of. */
export interface StormyProgram {
  readonly url: string
  /** Kills it, or a part of it, without a warning, and starts that again at the same address. */
  restart(): Promise<void>
  stop(): Promise<unknown>
}

/** Somebody who writes in a real page. */
export interface Writer {
  readonly name: string
  readonly page: Page
  /** what the page took out of the field, in order */
  readonly accepted: string[]
  /** ends when all that was begun at this page has ended: nobody writes into a page that is just being loaded */
  turn: Promise<unknown>
}

/**
 * People write in General, in pages of their own, each as fast as the page takes it. Meanwhile connections are cut, the program is
 * killed, and pages are loaded again, at moments that the seed decides. Afterwards all is quiet.
 *
 * @param program is stopped at the end
 * @param seed the same seed draws the same moments; what happens in between, the machine decides
 * @param ask looks at what has come of it, while the program and the pages are still there
 */
export async function storm(
  {
    step,
    program,
    size,
    seed,
    browser,
  }: { step: Step; program: StormyProgram; size: StormSize; seed: number; browser: Browser },
  ask: (writers: Writer[]) => Promise<void>,
): Promise<void> {
  const random = chance(seed)
  const wire = await openWire({ to: program.url })
  const writers: Writer[] = []
  try {
    for (let index = 0; index < size.people; index++)
      writers.push(await enter(`p${index}`, wire.url, step, browser))
    const done = new Map<number, () => Promise<unknown>>() // after so many messages, this happens
    const plan = (times: number, what: () => Promise<unknown>) => {
      for (let index = 0; index < times; index++) {
        const at = random.number(0, size.messages - 1)
        const before = done.get(at)
        done.set(at, async () => Promise.all([before?.(), what()]))
      }
    }
    let restarted = Promise.resolve()
    const busy: Promise<unknown>[] = []
    plan(size.cuts, () => wire.cut(random.one([0, 0.2, 1])))
    plan(size.kills, () => (restarted = restarted.then(() => program.restart())))
    plan(size.reloads, () => {
      const writer = random.one(writers)
      return inTurn(writer, () => reload(writer))
    })
    let written = 0
    const write = async (writer: Writer) => {
      for (let index = 0; index < size.messages / size.people; index++) {
        const text = `${writer.name}:${index}`
        while (!(await inTurn(writer, () => says(writer, text)))) await wait(pauseMs)
        const what = done.get(written++)
        if (what) busy.push(what())
      }
    }
    await Promise.all(writers.map(write))
    await Promise.all(busy)
    await ask(writers)
  } finally {
    await Promise.all(writers.map(({ page }) => page.context().close()))
    await wire.close()
    await program.stop()
  }
}

async function enter(name: string, url: string, step: Step, browser: Browser): Promise<Writer> {
  const page = await (await browser.newContext()).newPage()
  await openAs(page, url, step, name)
  await page.addInitScript(drawOrNot)
  await page.evaluate(() => sessionStorage.setItem('draws', 'nothing'))
  await page.evaluate(drawOrNot)
  return { name, page, accepted: [], turn: Promise.resolve() }
}

/** While nobody looks, a page does not lay out or draw: without a graphics card that is nine tenths of what a message costs it. */
function drawOrNot(): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('body { display: none }')
  document.adoptedStyleSheets = sessionStorage.getItem('draws') === 'nothing' ? [sheet] : []
}

/** From now on somebody looks at this page. */
export async function draws({ page }: Writer): Promise<void> {
  await page.evaluate(() => sessionStorage.removeItem('draws'))
  await page.evaluate(drawOrNot)
}

/** One after the other, at one page. */
function inTurn<Value>(writer: Writer, work: () => Promise<Value>): Promise<Value> {
  const mine = writer.turn.then(work)
  writer.turn = mine.catch(() => {}) // Who asked hears of it.
  return mine
}

/** Writes as somebody would who presses Enter; true when the page has taken it. */
async function says({ page, accepted }: Writer, text: string): Promise<boolean> {
  const isTaken = await page.evaluate((message) => {
    const form = document.querySelector<HTMLFormElement>('#chat')
    const input = form?.querySelector('input')
    if (!form || !input || form.hidden) return false
    if (document.querySelectorAll('[data-mark=waiting]').length > 4) return false // so that it happens while they write
    input.value = message
    form.requestSubmit()
    return input.value === ''
  }, text)
  if (isTaken) accepted.push(text)
  return isTaken
}

/** Loads the page again; and again, where the program is just not there, or its script was cut off, as people do. */
async function reload({ page }: Writer): Promise<void> {
  const isThere = async () => {
    await page.reload({ timeout: 5_000 }).catch(() => {}) // The next look says whether it has worked.
    return page
      .locator('#chat:not([hidden])')
      .waitFor({ state: 'attached', timeout: 5_000 })
      .then(
        () => true,
        () => false,
      )
  }
  while (!(await isThere())) await wait(100)
}
