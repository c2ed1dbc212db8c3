import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { noBrowser } from '#shared/check/no-browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { root } from '#shared/course/course'
import { run } from '#shared/run/run'
import { openWire, type Wire } from '#shared/wire/open-wire'
import { between } from '../bench/counts.ts'
import { overLongPolling, overWebSocket } from '../bench/formulas.ts'
import { guestsUserAgent } from '../bench/browser-headers.ts'

const browser = await sharedBrowser()
if (!browser) console.log(`Real pages are not counted: ${noBrowser}.`)
afterAll(() => browser?.close())

const people = ['guest-0000', 'guest-0001', 'guest-0002']
const messages = 12
const within = 0.01

describe.skipIf(!browser)('pages in a real browser', () => {
  test.for(['polling', 'websocket'] as const)('cost over %s what our guests do', async (transport) => {
    const program = await run(join(root, 'steps', '06-typing'), { compiled: true })
    onTestFinished(async () => void (await program.stop()))
    const faults = { refuseWebSocket: transport === 'polling' }
    const wire = await openWire({ to: program.url, faults })
    onTestFinished(() => wire.close())
    const pages: Page[] = []
    for (const name of people) pages.push(await enter(wire, name))
    if (transport === 'websocket') {
      for (const page of pages) await page.getByText('connected over websocket').waitFor()
    }
    await quiet(wire)

    const before = wire.totals()
    const said = []
    for (let i = 0; i < messages; i++) {
      const text = `Nobody waited in the rain (${String(i).padStart(6, '0')}).`
      const speaker = i % people.length
      // Typing would be told to the others, and is no part of what is compared.
      await pages[speaker]?.evaluate((words) => {
        document.querySelector<HTMLInputElement>('#text')!.value = words
        document.querySelector<HTMLFormElement>('#chat')!.requestSubmit()
      }, text)
      for (const page of pages) await page.getByText(text).waitFor()
      said.push({
        speaker: people[speaker] ?? '',
        text,
        acknowledgement: 1 + Math.floor(i / people.length),
      })
    }
    await quiet(wire)
    const counted = between(before, wire.totals())

    const origin = new URL(wire.url).origin
    const ours =
      transport === 'polling'
        ? overLongPolling(said, people.length, origin)
        : overWebSocket(said, people.length)
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

/** Until nothing crosses any more. */
async function quiet(wire: Wire): Promise<void> {
  let before = -1
  await expect
    .poll(
      () => {
        const { bytesUp, bytesDown } = wire.totals().all
        const isQuiet = bytesUp + bytesDown === before
        before = bytesUp + bytesDown
        return isQuiet
      },
      { interval: 300, timeout: 10_000 },
    )
    .toBe(true)
}
