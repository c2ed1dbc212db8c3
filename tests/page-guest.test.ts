import type { Page } from 'playwright-core'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { noBrowser } from '#shared/check/no-browser'
import { PageGuest } from '#shared/check/page-guest'
import { sharedBrowser } from '#shared/check/shared-browser'
import { Transcript } from '#shared/check/transcript'
import { findStep } from '#shared/course/course'
import { runFresh } from '#shared/run/run-fresh'

const browser = await sharedBrowser()
if (!browser) console.log(`Nobody hands a window on: ${noBrowser}.`)
afterAll(() => browser?.close())

/** A guest at the page of step 3, in a new window or in one that somebody has left. */
async function guest(page?: Page): Promise<PageGuest> {
  const program = await runFresh(findStep('3').dir, { compiled: true, patienceMs: 45_000 })
  onTestFinished(() => void program.stop())
  const window = page ?? (await PageGuest.newWindow(browser!))
  const opened = new PageGuest('ann', window, new Transcript())
  await opened.open(program.url)
  return opened
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
    const first = await guest()
    await first.stopsTheClock()
    const next = await guest(await first.handsBack())
    expect(await errorOfClock(next)).toBeLessThan(5_000) // it was 10 s ahead
  },
)

test.skipIf(!browser)(
  'who gets the window of somebody who was cut off is connected, at the right time',
  async () => {
    const first = await guest()
    await first.goesOffline()
    await first.isOnlineAgain()
    const next = await guest(await first.handsBack())
    expect(await errorOfClock(next)).toBeLessThan(5_000)
    await next.finds('#state', /connected over/, 'it is connected', '')
  },
)

test.skipIf(!browser)(
  'a window in which something gets lost, or WebSocket is refused, goes to nobody',
  async () => {
    const [first, second] = [await guest(), await guest()]
    await first.losesLogin()
    expect(await first.handsBack()).toBeUndefined()
    await second.reloadsBehindProxy()
    expect(await second.handsBack()).toBeUndefined()
  },
)
