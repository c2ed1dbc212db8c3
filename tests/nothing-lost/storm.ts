import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { newAccount } from '#shared/check/account'
import type { Step } from '#shared/course/course'
import { openWire } from '#shared/wire/open-wire'
import { runStep } from '../support/run-step.ts'
import { chance } from '../support/traffic.ts'

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

/** Somebody who writes in a real page. */
export interface Writer {
  readonly name: string
  readonly page: Page
  /** what the page took out of the field, in order */
  readonly accepted: string[]
  /** how often the page was loaded */
  loads: number
}

/**
 * People write in General, in pages of their own, each as fast as the page takes it. Meanwhile connections are cut, the program is
 * killed, and pages are loaded again, at moments that the seed decides. Afterwards all is quiet.
 *
 * @param seed the same seed draws the same moments; what happens in between, the machine decides
 * @param ask looks at what has come of it, while the program and the pages are still there
 */
export async function storm(
  { step, size, seed, browser }: { step: Step; size: StormSize; seed: number; browser: Browser },
  ask: (what: { writers: Writer[]; dataDir: string; url: string }) => Promise<void>,
): Promise<void> {
  const random = chance(seed)
  const program = await runStep(step)
  const wire = await openWire({ to: program.url })
  const writers: Writer[] = []
  try {
    for (let index = 0; index < size.people; index++)
      writers.push(await enter(`p${index}`, wire.url, browser))
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
    plan(size.reloads, () => reload(random.one(writers)))
    let written = 0
    const write = async (writer: Writer) => {
      for (let index = 0; index < size.messages / size.people; index++) {
        const text = `${writer.name}:${index}`
        while (!(await says(writer, text))) await wait(20) // The page is just being loaded.
        const what = done.get(written++)
        if (what) busy.push(what())
      }
    }
    await Promise.all(writers.map(write))
    await Promise.all(busy)
    await ask({ writers, dataDir: program.dataDir, url: program.url })
  } finally {
    await Promise.all(writers.map(({ page }) => page.context().close()))
    await wire.close()
    await program.stop()
  }
}

async function enter(name: string, url: string, browser: Browser): Promise<Writer> {
  const cookie = await newAccount(url, name)
  const context = await browser.newContext()
  const [, key = '', value = ''] = /^(.*?)=(.*)$/.exec(cookie ?? '') ?? []
  await context.addCookies([{ name: key, value, url }])
  const page = await context.newPage()
  const writer = { name, page, accepted: [], loads: 1 }
  await page.goto(url)
  await page.locator('#chat').waitFor()
  return writer
}

/** Writes as somebody would who presses Enter; true when the page has taken it. */
async function says({ page, accepted }: Writer, text: string): Promise<boolean> {
  const isTaken = await page
    .evaluate((message) => {
      const form = document.querySelector<HTMLFormElement>('#chat')
      const input = form?.querySelector('input')
      if (!form || !input || form.hidden) return false
      if (document.querySelectorAll('[data-mark=waiting]').length > 4) return false // so that it happens while they write
      input.value = message
      form.requestSubmit()
      return input.value === ''
    }, text)
    .catch(() => false) // between two documents
  if (isTaken) accepted.push(text)
  return isTaken
}

/** Loads the page again; and again, where the program is just not there, or its script was cut off, as people do. */
async function reload(writer: Writer): Promise<void> {
  const { page } = writer
  writer.loads++
  const isThere = async () => {
    await page.reload({ timeout: 5_000 }).catch(() => {}) // The next look says whether it has worked.
    return page
      .locator('#chat')
      .waitFor({ timeout: 5_000 })
      .then(
        () => true,
        () => false,
      )
  }
  while (!(await isThere())) await wait(100)
}
