import type { FrameLocator, Page } from 'playwright-core'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { overflow, violations } from '#shared/check/accessible'
import { noBrowser } from '#shared/check/no-browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { registers, says, startServers, windowOf } from './support/classroom.ts'

// Three servers as somebody has them who types the lesson's command, and a real browser before them.

const patience = { timeout: 30_000 }
const browser = await sharedBrowser()
if (!browser) console.log(`The page of several servers is not looked at: ${noBrowser}.`)
const running = browser ? await serversOrNone() : undefined
afterAll(async () => {
  await running?.close()
  await browser?.close()
})

/** @returns undefined when something is not installed, which is an error in CI */
async function serversOrNone() {
  try {
    return await startServers()
  } catch (error) {
    const [, missing] = /There is no (.+) on this machine/.exec(String(error)) ?? []
    if (missing === undefined || process.env.CI) throw error
    console.log(`The page of several servers is not looked at: there is no ${missing} here.`)
    return undefined
  }
}

async function look(width: number, height: number): Promise<Page> {
  const context = await browser!.newContext({ viewport: { width, height } })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(running!.url)
  return page
}

/** Takes Ben's cookie away, and loads the windows. @returns whether Ben is asked who he is */
async function isLoggedOut(page: Page, ben: FrameLocator): Promise<boolean> {
  await page.context().clearCookies({ domain: 'ben.wire.localhost' })
  await page.getByRole('button', { name: 'Load both again' }).click()
  return ben
    .getByRole('link', { name: 'Register' })
    .waitFor({ timeout: 5_000 })
    .then(
      () => true,
      () => false,
    )
}

/** Where the page says that somebody's window is: `server 2`, or nothing. */
const placeOf = (page: Page, name: string) =>
  page.locator('figcaption').filter({ hasText: name }).getByRole('status').innerText()

/** Waits until a window is at a server, and another one than this. */
async function placeOtherThan(page: Page, name: string, before: string): Promise<string> {
  await expect
    .poll(() => placeOf(page, name), patience)
    .toMatch(new RegExp(`^server (?!${before.at(-1)}$)[1-3]$`))
  return placeOf(page, name)
}

/** What the page says of each server, without its address: `Kill server 2 runs 1 window`. */
const lines = (page: Page) =>
  page
    .getByRole('list', { name: 'Servers' })
    .getByRole('listitem')
    .evaluateAll((all) =>
      all.map((line) =>
        [...line.children].flatMap((part) => (part.tagName === 'A' ? [] : [part.textContent])).join(' '),
      ),
    )
const lineOf = async (page: Page, place: string) => (await lines(page)).find((line) => line.includes(place))

describe.skipIf(!running)('three servers in the classroom', { timeout: 240_000 }, () => {
  test('one sees who is at which; kills one by its button, and starts it again', async () => {
    const page = await look(1366, 768)
    const [ann, ben] = [windowOf(page, 'Ann'), windowOf(page, 'Ben')]
    await ann.getByRole('link', { name: 'Register' }).waitFor(patience)
    expect(await placeOf(page, 'Ann')).toBe('')
    await registers(ann, 'Ann')
    const annsPlace = await placeOtherThan(page, 'Ann', 'none')
    // nginx chooses by the cookie, and so by chance: Ben takes a new one until he is elsewhere.
    for (;;) {
      await registers(ben, 'Ben')
      if ((await placeOtherThan(page, 'Ben', 'none')) !== annsPlace) break
      // An answer that was on its way may bring the cookie back.
      await expect.poll(() => isLoggedOut(page, ben), { timeout: patience.timeout }).toBe(true)
    }
    const bensPlace = await placeOf(page, 'Ben')
    await expect.poll(() => lineOf(page, annsPlace), patience).toBe(`Kill ${annsPlace} runs 1 window`)
    expect(await lineOf(page, bensPlace)).toBe(`Kill ${bensPlace} runs 1 window`)
    await says(ann, 'hello across')
    await ben.getByText('hello across').first().waitFor(patience)

    const kill = page.getByRole('button', { name: `Kill ${annsPlace}` })
    await kill.focus()
    await page.keyboard.press('Enter')
    await expect
      .poll(() => lineOf(page, annsPlace), patience)
      .toBe(`Start again ${annsPlace} is dead: it was killed`)
    const start = page.getByRole('button', { name: `Start again ${annsPlace}` })
    expect(await start.evaluate((button) => button === document.activeElement)).toBe(true)
    expect(await violations(page)).toEqual([])
    await placeOtherThan(page, 'Ann', annsPlace)
    expect(await placeOf(page, 'Ben')).toBe(bensPlace)
    await says(ann, 'here I am again')
    await ben.getByText('here I am again').first().waitFor(patience)
    await expect
      .poll(
        () =>
          ben
            .getByText(/^Ann \d+$/)
            .first()
            .isVisible(),
        patience,
      )
      .toBe(true) // in his list

    await start.press('Enter')
    await expect.poll(() => lineOf(page, annsPlace), patience).toBe(`Kill ${annsPlace} runs 0 windows`)

    // Over long-polling nginx keeps the connection, and only the answers tell that the server is gone.
    await page.getByRole('checkbox', { name: 'refuse WebSocket' }).check()
    await ben.getByText('connected over polling').waitFor(patience)
    const place = await placeOtherThan(page, 'Ben', 'none')
    await page.getByRole('button', { name: `Kill ${place}` }).click()
    await placeOtherThan(page, 'Ben', place)

    // What a terminal kills is dead here, too.
    const other = ['server 1', 'server 2', 'server 3'].find((one) => one !== place)!
    const command = await page.getByRole('button', { name: `Kill ${other}` }).getAttribute('title')
    process.kill(Number(/^kill -9 (\d+)$/.exec(command ?? '')?.[1]), 'SIGKILL')
    await expect.poll(() => lineOf(page, other), patience).toContain('is dead: it was killed')
  })

  test('stands in one row at 1280×720 and on a projector, in light and in dark, and on a phone', async () => {
    const page = await look(1280, 720)
    for (const place of ['server 1', 'server 2', 'server 3']) {
      const start = page.getByRole('button', { name: `Start again ${place}` })
      await page.getByRole('button', { name: place }).waitFor(patience)
      if (await start.isVisible()) await start.click()
      await page.getByRole('button', { name: `Kill ${place}` }).waitFor(patience)
    }
    const tops = () =>
      page
        .locator('.servers li')
        .evaluateAll((all) => new Set(all.map((line) => line.getBoundingClientRect().top)).size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const isProjector of [true, false]) {
        await page.locator('body').press('p')
        await expect.poll(() => page.locator('.projector').count()).toBe(Number(isProjector))
        expect([...(await violations(page)), await overflow(page), await tops()]).toEqual([0, 1])
      }
    }
    await page.setViewportSize({ width: 360, height: 740 })
    expect([...(await violations(page)), await overflow(page)]).toEqual([0])
  })

  test('no page from elsewhere kills one, and there is none to kill that is not there', async () => {
    const ask = async (server: number, headers: Record<string, string> = {}) =>
      fetch(`${running!.url}/api/killServer`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ server }),
      })
    expect((await ask(1, { origin: 'http://localhost:3000' })).status).toBe(403)
    expect((await ask(1, { 'content-type': 'text/plain' })).status).toBe(415)
    const none = await ask(4)
    expect([none.status, await none.json()]).toEqual([
      409,
      { error: 'There is no server 4. There are 3, from 1 on.' },
    ])
  })
})
