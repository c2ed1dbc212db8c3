import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { noBrowser } from '#shared/check/no-browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { root } from '#shared/course/course'
import { run } from '#shared/run/run'
import { openWire, type Totals, type Wire } from '#shared/wire/open-wire'
import { between, type Counts } from '../bench/counts.ts'
import { overLongPolling, overWebSocket } from '../bench/formulas.ts'
import { guestsUserAgent } from '../bench/browser-headers.ts'
import type { SentMessage } from '../bench/guests/trial-commands.ts'

const browser = await sharedBrowser()
if (!browser) console.log(`Real pages are not counted: ${noBrowser}.`)
afterAll(() => browser?.close())

const people = ['guest-0000', 'guest-0001', 'guest-0002']
const messages = 6
const within = 0.01

describe.skipIf(!browser)('pages in a real browser', () => {
  test.for(['polling', 'websocket'] as const)('cost over %s what our guests do', async (transport) => {
    const isPolling = transport === 'polling'
    const program = await run(join(root, 'steps', '06-typing'), { compiled: true })
    onTestFinished(async () => void (await program.stop()))
    const wire = await openWire({ to: program.url, faults: { refuseWebSocket: isPolling } })
    onTestFinished(() => wire.close())
    const pages: Page[] = []
    for (const name of people) pages.push(await enter(wire, name))
    if (!isPolling) {
      for (const page of pages) await page.getByText('connected over websocket').waitFor()
    }

    // This message comes last on each connection: what it cost to enter is behind us.
    await say(pages, 0, 'Are all here?', isPolling)
    let spoken = 0
    /** What so many messages cost, and what our guests' would. Heartbeats are nobody's message: with one in it, again. */
    async function measure(): Promise<{ counted: Counts; sent: SentMessage[] }> {
      // A request stays open for each page: its poll, or the one that became its WebSocket. All others are answered.
      await expect.poll(() => openRequests(wire)).toBe(pages.length)
      const before = wire.totals()
      const sent: SentMessage[] = []
      for (let i = 0; i < messages; i++, spoken++) {
        const text = `Nobody waited in the rain (${String(spoken).padStart(6, '0')}).`
        const speaker = i % people.length
        await say(pages, speaker, text, isPolling)
        const acknowledgement = 1 + Math.floor(spoken / people.length) + (speaker === 0 ? 1 : 0)
        sent.push({ speaker: people[speaker] ?? '', text, acknowledgement })
      }
      await expect.poll(() => openRequests(wire)).toBe(pages.length)
      const after = wire.totals()
      return heartbeats(before) === heartbeats(after) ? { counted: between(before, after), sent } : measure()
    }

    const { counted, sent } = await measure()
    const ours = isPolling
      ? overLongPolling(sent, people.length, new URL(wire.url).origin)
      : overWebSocket(sent, people.length)
    expect(counted.requests).toBe(ours.requests)
    expect(Math.abs(counted.bytesUp / ours.bytesUp - 1)).toBeLessThan(within)
    expect(Math.abs(counted.bytesDown / ours.bytesDown - 1)).toBeLessThan(within)
  })
})

async function enter(wire: Wire, name: string): Promise<Page> {
  const context = await browser!.newContext({ userAgent: guestsUserAgent })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(wire.url)
  await page.locator('#name').fill(name)
  await page.locator('#name').press('Enter')
  await page.locator('#chat').waitFor()
  return page
}

/** Says it on one page, and waits until all show it, and until the page's POST has been answered if there is one. */
async function say(pages: Page[], speaker: number, text: string, isPolling: boolean): Promise<void> {
  const page = pages[speaker]
  const posted = isPolling && page?.waitForResponse((response) => response.request().method() === 'POST')
  // Typing would be told to the others, and is no part of what is compared.
  await page?.evaluate((words) => {
    document.querySelector<HTMLInputElement>('#text')!.value = words
    document.querySelector<HTMLFormElement>('#chat')!.requestSubmit()
  }, text)
  await Promise.all(pages.map((one) => one.getByText(text).waitFor()))
  await posted
}

function openRequests(wire: Wire): number {
  const { packets } = wire.totals().all
  return (packets['http.request'] ?? 0) - (packets['http.response'] ?? 0)
}

function heartbeats(totals: Totals): number {
  return (totals.all.packets['engine.ping'] ?? 0) + (totals.all.packets['engine.pong'] ?? 0)
}
