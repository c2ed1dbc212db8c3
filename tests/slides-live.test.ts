import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { violations } from '#shared/check/accessible'
import { noBrowser } from '#shared/check/no-browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { keepOpenBoard } from '#shared/room/open-board'
import { type Slides, serveSlides } from '../slides/slide-server.ts'
import { comesIn, says, windowOf } from './support/classroom.ts'
import { projectCopy } from './support/folders.ts'
import { board, room } from './support/room.ts'
import { type } from './support/type-command.ts'

// Live slides as a room sees them: turned fast, killed, in two windows.

const browser = await sharedBrowser()
if (!browser) console.log(`The live slides are not looked at: ${noBrowser}.`)

let slides: Slides
const kept = await mkdtemp(join(tmpdir(), 'on-the-wire-'))
const boardFile = join(kept, 'open')
beforeAll(async () => (slides = await serveSlides(0, undefined, boardFile)))
afterAll(async () => {
  await browser?.close()
  await slides.close()
  await rm(kept, { recursive: true, force: true })
})

/** A window of its own, with a deck in it. */
async function openDeck(path: string, url = slides.url): Promise<Page> {
  const context = await browser!.newContext({ viewport: { width: 1280, height: 720 } })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(url + path)
  return page
}

/** @param ids the slides that are turned to, one after the other, without waiting for what is on them */
async function turn(page: Page, ...ids: string[]): Promise<void> {
  await page.evaluate(async (all) => {
    for (const id of all) {
      if (document.querySelector('section.present')?.id === id) continue
      const turned = new Promise((resolve) =>
        document.querySelector('.reveal')?.addEventListener('slidechanged', resolve, { once: true }),
      )
      location.hash = `#/${id}`
      await turned
    }
  }, ids)
}

const wireOf = (page: Page) => page.frameLocator('.present iframe[title="The wire"]')
const heading = (page: Page) => windowOf(page, 'Ann').getByRole('heading').first()

describe.skipIf(!browser)('a live slide', () => {
  test('begins with a clean wire, whatever was set on the slide before', async () => {
    const page = await openDeck('/part-1#/05-watch-them-come-and-go')
    const [ann, ben] = [windowOf(page, 'Ann'), windowOf(page, 'Ben')]
    await comesIn(ann, 'ann')
    await comesIn(ben, 'ben')
    await wireOf(page).getByRole('checkbox', { name: 'refuse WebSocket' }).click()
    await ann.getByText('connected over polling').waitFor()

    await turn(page, '06-watch-him-type')
    await comesIn(ann, 'ann', 'websocket')
    await comesIn(ben, 'ben', 'websocket')
    await wireOf(page)
      .getByRole('option', { name: /username: ben/ })
      .first()
      .waitFor()
    expect(await wireOf(page).getByRole('checkbox', { name: 'refuse WebSocket' }).isChecked()).toBe(false)
    expect(await wireOf(page).getByRole('option', { name: 'refuse' }).count()).toBe(0)
    // A slide in between takes nothing away: it is the same program still.
    await turn(page, '06-your-turn', '06-watch-him-type')
    await ann.getByRole('textbox', { name: 'Message' }).waitFor()
  })

  test('has each window once, however fast the pages are turned', async () => {
    const page = await openDeck('/part-1')
    await page.locator('.reveal.ready').waitFor()
    const [one, other] = ['05-watch-them-come-and-go', '06-watch-him-type']
    await turn(page, one, other, one, other, one, other)
    await comesIn(windowOf(page, 'Ann'), 'ann')
    expect(
      await page.locator('iframe').evaluateAll((all) => all.map((frame) => frame.getAttribute('title'))),
    ).toEqual(['Ann’s window', 'Ben’s window', 'The wire'])
    await heading(page).getByText('Who is typing').waitFor()
    expect(await page.locator('.live [role=status]').count()).toBe(0)
  })

  test('says so when another window has the program, and takes it back', async () => {
    const page = await openDeck('/part-1#/06-watch-him-type')
    await windowOf(page, 'Ann').getByText('connected over').waitFor()
    const other = await openDeck('/part-1#/05-watch-them-come-and-go')
    await windowOf(other, 'Ann').getByText('connected over').waitFor()
    await page.getByText('Another window of the slides has the program now').waitFor()
    expect([await page.locator('iframe').count(), await violations(page)]).toEqual([0, []])
    await page.getByRole('button', { name: 'Show it here' }).click()
    await comesIn(windowOf(page, 'Ann'), 'ann')
    await other.getByText('Another window of the slides has the program now').waitFor()
    // To leave it and to come back is a wish as well.
    await turn(other, '05-your-turn', '05-watch-them-come-and-go')
    await comesIn(windowOf(other, 'Ann'), 'ann')
  })

  test('goes on by itself when its program died, and says why when it dies of itself', async () => {
    const folder = await projectCopy()
    const server = join(folder, 'steps/06-typing/server.ts')
    const source = await readFile(server, 'utf8')
    const dying = source.replace(
      'const app = express()',
      "$&\napp.get('/pid', (_request, response) => response.send(`${process.pid}`))\napp.get('/die', () => process.exit(9))",
    )
    expect(dying).not.toBe(source)
    await writeFile(server, dying)
    const running = type(folder, 'slides --port 0')
    await running.prints('Ctrl-C stops it')
    const url = new URL(/On the Wire: {2}(\S+)/.exec(running.output())?.[1] ?? '').origin
    const page = await openDeck('/part-1#/06-watch-him-type', url)
    const [ann, ben] = [windowOf(page, 'Ann'), windowOf(page, 'Ben')]
    await comesIn(ann, 'ann')
    await comesIn(ben, 'ben')
    const { origin } = new URL((await page.locator('iframe[title^="Ann"]').getAttribute('src')) ?? '')
    const chat = origin.replace('ann.wire.', '')
    /** @returns whose program answers; undefined while none does */
    const pid = () =>
      fetch(`${chat}/pid`).then(
        (answer) => answer.text(),
        () => undefined,
      )
    const die = () => fetch(`${chat}/die`).catch(() => undefined)

    for (let deaths = 1; deaths <= 3; deaths++) {
      const before = await pid()
      await die()
      await expect.poll(pid, { timeout: 30_000 }).toMatch(new RegExp(`^(?!${before}$)\\d+$`))
      await page.locator('.live [role=status]').waitFor({ state: 'detached' })
      // What is sent before her page is back is refused, and people say it again. Only when both are in does it die once
      // more: a page whose name is not answered asks for it.
      const isHeard = async () => {
        await says(ann, `here again ${deaths}`)
        return ben.getByText(`here again ${deaths}`).count()
      }
      await expect.poll(isHeard, { timeout: 30_000 }).toBeGreaterThan(0)
    }
    expect(await page.locator('iframe').count()).toBe(3)

    await die()
    await page.getByText('steps/06-typing/server.ts has stopped').waitFor()
    // Right and left is what a presenter tries; a load of the page does it, too.
    await page.reload()
    await comesIn(windowOf(page, 'Ann'), 'ann')
    expect(await running.stop()).toBe(0)
  })
})

test.skipIf(!browser)('a room that is open hears at which step the deck is', async () => {
  const page = await openDeck('/part-1#/05-two-kinds-of-memory')
  await page.locator('.reveal.ready').waitFor()
  const opening = page.context().waitForEvent('page')
  await page.keyboard.press('s')
  const presenter = await opening
  await presenter.getByRole('heading', { name: /05 · Nicknames/ }).waitFor()
  expect(await presenter.getByText('board is told').count()).toBe(0)

  // The room is opened while the deck is shown: the next slide tells it.
  const open = await room()
  keepOpenBoard(open.url, boardFile)
  const shown = board(open)
  const place = () => shown.state?.place
  await page.keyboard.press('ArrowRight')
  await expect.poll(place).toEqual({ step: 5, checkpoint: 0 })
  await presenter.getByText('the room’s board is told').waitFor()

  // A checkpoint that the instructor sets there stays, until the deck is at another step.
  await shown.socket.emitWithAck('place', { step: 5, checkpoint: 2 })
  const isAsked = page.waitForResponse('**/at')
  await page.keyboard.press('ArrowRight')
  await isAsked
  await shown.socket.emitWithAck('agenda', { first: 1, beganAt: 60_000 }) // after it, so the state has both
  await expect.poll(() => shown.state?.agenda).toBeDefined()
  expect(place()).toEqual({ step: 5, checkpoint: 2 })
  await turn(page, '06-debouncing')
  await expect.poll(place).toEqual({ step: 6, checkpoint: 0 })
  await turn(page, '90-your-turn') // no step: the room stays where it is
  await presenter.getByText('the room’s board is told').waitFor({ state: 'hidden' })
  expect(place()).toEqual({ step: 6, checkpoint: 0 })
})
