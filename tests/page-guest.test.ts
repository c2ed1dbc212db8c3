import type { Page } from 'playwright-core'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { noBrowser } from '#shared/check/no-browser'
import { PageGuest } from '#shared/check/page-guest'
import { sharedBrowser } from '#shared/check/shared-browser'
import { Transcript } from '#shared/check/transcript'
import { findStep } from '#shared/course/course'
import { runStep } from './support/run-step.ts'

const browser = await sharedBrowser()
if (!browser) console.log(`Nobody hands a window on: ${noBrowser}.`)
afterAll(() => browser?.close())

/** A guest at the page of step 3, in this window. */
async function guestIn(window: Page): Promise<PageGuest> {
  const program = await runStep(findStep('3'))
  onTestFinished(async () => void (await program.stop()))
  const guest = new PageGuest('ann', window, new Transcript())
  await guest.open(program.url)
  return guest
}

const guestInNewWindow = async () => guestIn(await PageGuest.newWindow(browser!))

/** The next guest, who has the window that this one leaves. */
async function guestAfter(guest: PageGuest): Promise<PageGuest> {
  const window = await guest.handsBack()
  if (!window) throw new Error('The window was closed.')
  return guestIn(window)
}

/** By how many ms the page's clock is wrong, once a timer has shown that it goes. */
async function errorOfClock({ page }: PageGuest): Promise<number> {
  await page.evaluate(() => new Promise((done) => setTimeout(done, 1)))
  const before = Date.now()
  const now = await page.evaluate(() => Date.now())
  return Math.max(before - now, now - Date.now(), 0)
}

test.skipIf(!browser)(
  'who gets the window of somebody whose clock stood has one that goes right',
  async () => {
    const first = await guestInNewWindow()
    await first.stopsTheClock()
    const next = await guestAfter(first)
    expect(await errorOfClock(next)).toBeLessThan(5_000) // it was 10 s ahead
  },
)

test.skipIf(!browser)(
  'who gets the window of somebody who was cut off is connected, at the right time',
  async () => {
    const first = await guestInNewWindow()
    await first.goesOffline()
    await first.isOnlineAgain()
    const next = await guestAfter(first)
    expect(await errorOfClock(next)).toBeLessThan(5_000)
    await next.finds('#state', /connected over/, 'it is connected', '')
  },
)

test.skipIf(!browser)(
  'a window in which something gets lost, or WebSocket is refused, goes to nobody',
  async () => {
    const [first, second] = [await guestInNewWindow(), await guestInNewWindow()]
    await first.losesLogin()
    expect(await first.handsBack()).toBeUndefined()
    await second.reloadsBehindProxy()
    expect(await second.handsBack()).toBeUndefined()
  },
)
