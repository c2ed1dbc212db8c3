import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violations } from '#shared/check/accessible'
import { noBrowser } from '#shared/check/no-browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { resultsDir } from '../bench/newest.ts'
import { type Slides, serveSlides } from '../slides/slide-server.ts'
import { beyondEdge } from './support/beyond-edge.ts'
import { isThisMachine } from './support/this-machine.ts'
import { deckNames, looks, readDeck, readPaper, slidesOf } from '../slides/source.ts'

const browser = await sharedBrowser()
if (!browser) console.log(`The slides are not looked at: ${noBrowser}.`)

let slides: Slides
let results: string
beforeAll(async () => {
  results = await mkdtemp(join(tmpdir(), 'on-the-wire-')) // what a user has measured is not the test's matter
  await cp(join(resultsDir, 'reference.json'), join(results, 'reference.json'))
  slides = await serveSlides(0, results, join(results, 'no-room'))
})
afterAll(async () => {
  await browser?.close()
  await slides.close()
  await rm(results, { recursive: true, force: true })
})

const sizes = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
]

/** A page on which nothing may go wrong: what it asks for comes from this machine, and comes. */
async function open(path: string) {
  const context = await browser!.newContext({ viewport: sizes[0] })
  const page = await context.newPage()
  const wrong: string[] = []
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (protocol !== 'data:' && !isThisMachine(hostname)) wrong.push(request.url())
  })
  page.on('response', (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()} ${response.url()}`)
  })
  page.on('requestfailed', (request) => {
    // A frame that goes away hangs up on its stream.
    if (request.resourceType() !== 'eventsource') wrong.push(`failed ${request.url()}`)
  })
  page.on('pageerror', (error) => wrong.push(error.message))
  await page.goto(slides.url + path)
  return { page, wrong }
}

async function show(page: Page, id: string) {
  await page.evaluate((hash) => (location.hash = `#/${hash}`), id)
  await page.waitForFunction((wanted) => document.querySelector('section.present')?.id === wanted, id)
}

describe.skipIf(!browser).each(deckNames())('%s', (name) => {
  const ids = slidesOf(readDeck(name)).map(({ slide }) => slide.id)

  test('every slide fits on a projector, small or large, and asks for nothing from elsewhere', async () => {
    const { page, wrong } = await open(`/${name}?preview`)
    await page.locator('.reveal.ready').waitFor()
    for (const viewport of sizes) {
      await page.setViewportSize(viewport)
      wrong.push(...(await beyondEdge(page, ids)).map((one) => `${viewport.width} px, ${one}`))
    }
    expect(wrong).toEqual([])
    await page.context().close()
  })

  test('a handout without notes has room in their place, and none of the answers', async () => {
    const { page, wrong } = await open(`/${name}/handout?notes=none`)
    expect(await page.locator('article').count()).toBe(ids.length)
    expect(await page.locator('.notes').allTextContents()).toEqual(ids.map(() => ''))
    expect([await violations(page), wrong]).toEqual([[], []])
    await page.context().close()
  })

  test('the handout has every slide as it is on the screen, cuts no note off, and passes axe', async () => {
    const { page, wrong } = await open(`/${name}/handout`)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('article').count()).toBe(ids.length)
    const cut = await page
      .locator('article > .notes')
      .evaluateAll((all) =>
        all
          .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
          .map(({ textContent }) => textContent),
      )
    expect(cut).toEqual([])
    const tooLarge = await page
      .locator('.content > .code')
      .evaluateAll((all) =>
        all.filter((one) => one.scrollHeight > one.clientHeight + 1).map(({ textContent }) => textContent),
      )
    expect(tooLarge).toEqual([])
    expect(await violations(page)).toEqual([])
    expect(wrong).toEqual([])
    await page.context().close()
  })
})

test.skipIf(!browser)('each sheet of paper is a page, and asks for nothing from elsewhere', async () => {
  const { page, wrong } = await open('/paper')
  await page.emulateMedia({ media: 'print' })
  const cut = await page
    .locator('article')
    .evaluateAll((all) => all.filter((one) => one.scrollHeight > one.clientHeight + 1).map((one) => one.id))
  expect([await page.getByRole('heading', { level: 1 }).count(), cut]).toEqual([readPaper().length, []])
  expect([await page.locator('.broken').count(), await violations(page), wrong]).toEqual([0, [], []])
  await page.context().close()
})

test.skipIf(!browser)('a slide of each look passes axe', async () => {
  // Paper has all slides at once, and axe has looked there.
  const { page, wrong } = await open('/part-1?preview')
  await page.locator('.reveal.ready').waitFor()
  for (const look of looks) {
    const slide = slidesOf(readDeck('part-1')).find((one) => one.slide.look === look)?.slide
    if (!slide) throw new Error(`part-1 has no slide that looks ${look}`)
    await show(page, slide.id)
    wrong.push(...(await violations(page)))
  }
  expect(wrong).toEqual([])
  await page.context().close()
})

describe.skipIf(!browser)('a live slide', () => {
  test('has the program and its wire; it has the keys until Escape gives them back', async () => {
    const { page, wrong } = await open('/part-1#/06-watch-him-type')
    const ann = page.frameLocator('.present iframe[title^="Ann"]')
    const ben = page.frameLocator('.present iframe[title^="Ben"]')
    for (const [name, window] of Object.entries({ ann, ben })) {
      await window.getByText(/connected over/).waitFor() // before that, no script listens to the form
      await window.getByRole('textbox').fill(name)
      await window.getByRole('textbox').press('Enter')
      await window.getByRole('textbox', { name: 'Message' }).waitFor()
    }
    await ben.getByRole('textbox').click()
    const typed = page.keyboard.type('hello, Ann', { delay: 200 }) // 400 ms without a key, and the row is gone
    await ann.getByText('ben is typing').waitFor()
    await typed
    await page.keyboard.press('ArrowLeft')
    await page.locator('.way-back').waitFor()
    await page.keyboard.press('Enter')
    await ann.getByText('hello, Ann').waitFor()
    const wire = page.frameLocator('.present iframe[title="The wire"]')
    await wire.getByRole('option', { name: /new message .*username: ben/ }).waitFor()
    expect(new URL(page.url()).hash).toBe('#/06-watch-him-type')
    expect(await violations(page)).toEqual([])

    await page.keyboard.press('Escape')
    await page.locator('.way-back').waitFor({ state: 'hidden' })
    await page.keyboard.press('ArrowRight')
    await page.waitForURL(/06-your-turn/)

    // The same from within the wire's own page, and then another step in its place.
    await page.keyboard.press('ArrowLeft')
    await wire.getByRole('button', { name: 'Pause' }).click()
    await page.keyboard.press('Escape')
    await page.locator('.way-back').waitFor({ state: 'hidden' })
    await show(page, '02-watch-it-ask')
    await ann.getByRole('heading', { name: /Polling/ }).waitFor()
    expect(await page.locator('iframe').count()).toBe(3)
    expect(wrong).toEqual([])
    await page.context().close()
  })

  test('says why when its program is not to be had', async () => {
    const { page, wrong } = await open('/part-1')
    await page.route('**/run', (route) => route.fulfill({ status: 409, body: 'It does not start: line 3' }))
    await show(page, '06-watch-him-type')
    await page.getByText('It does not start: line 3').waitFor()
    expect(wrong).toEqual([expect.stringMatching(/^409 .*\/run$/)])

    // And asks again when it is shown again.
    await page.unroute('**/run')
    await page.route('**/run', (route) => route.abort())
    await show(page, '06-your-turn')
    await show(page, '06-watch-him-type')
    await page.getByText('The slides’ server does not answer').waitFor()
    await page.context().close()
  })

  test('is run for the pages of the slides alone', async () => {
    const run = (headers: Record<string, string>) =>
      fetch(`${slides.url}/run`, { method: 'POST', headers, body: '{"step":"6"}' })
    const json = { 'content-type': 'application/json' }
    expect((await run({ ...json, origin: 'http://elsewhere.example' })).status).toBe(403)
    expect((await run({ 'content-type': 'text/plain' })).status).toBe(415)
    const unknown = await fetch(`${slides.url}/run`, { method: 'POST', headers: json, body: '{"step":"99"}' })
    expect([unknown.status, await unknown.text()]).toEqual([
      409,
      expect.stringContaining('There is no step "99"'),
    ])
  })
})

test.skipIf(!browser)(
  'the presenter view follows the deck, leads it, and keeps the time when it is closed',
  async () => {
    const { page: deck, wrong } = await open('/part-1')
    const { clock } = deck.context()
    await deck.route('**/run', () => {}) // A live slide on the way need not come to life.
    await clock.setFixedTime(new Date(2026, 10, 28, 9, 0))
    await deck.locator('.reveal.ready').waitFor()
    const opening = deck.context().waitForEvent('page')
    await deck.keyboard.press('s')
    const presenter = await opening
    await presenter.getByText('the clock starts with the second slide').waitFor()

    await deck.keyboard.press('ArrowRight')
    await presenter.getByRole('region', { name: 'Notes' }).getByText('Who told Ben’s window?').waitFor()
    await presenter.getByText('on time').waitFor()
    await presenter.getByRole('button', { name: 'Next' }).click()
    await deck.waitForURL(/00-how-does-a-chat-room-know/)
    await presenter.keyboard.press('ArrowRight')
    await deck.waitForURL(/00-two-hours/)
    const next = presenter.frameLocator('iframe[title="The slide that comes next"]')
    await next.getByRole('heading', { name: 'Nobody is at home' }).waitFor()
    await presenter.getByText(/^4 of \d+ · Opening · ends at 09:04$/).waitFor()
    expect(await violations(presenter)).toEqual([])

    // It was to be over after four minutes.
    await clock.setFixedTime(new Date(2026, 10, 28, 9, 7))
    await presenter.getByText('3 minutes behind').waitFor()
    await presenter.close()
    const again = await deck.context().newPage()
    await again.goto(`${slides.url}/part-1/presenter`)
    await again.getByText('3 minutes behind').waitFor()
    await again.getByText(/^09:07 · 7:/).waitFor()

    await again.getByRole('button', { name: 'Start the clock again' }).click()
    await again.getByText('on time').waitFor()
    await again.getByRole('combobox').selectOption({ label: 'Who hears it' })
    await deck.waitForURL(/04-who-hears-it/)
    await again.getByText(/\d\d minutes ahead/).waitFor()
    expect(wrong).toEqual([])
    await deck.context().close()
  },
)

test.skipIf(!browser)('the room sees its minutes run down, and the presenter starts them again', async () => {
  const { page: deck, wrong } = await open('/part-1#/01-your-turn')
  const { clock } = deck.context()
  const timer = deck.locator('section.present').getByRole('timer')
  await deck.locator('.reveal.ready').waitFor()
  await clock.setFixedTime(new Date(2027, 10, 28, 9, 0))
  await deck.keyboard.press('t')
  await timer.getByText('4:00').waitFor()
  await clock.setFixedTime(new Date(2027, 10, 28, 9, 1))
  await timer.getByText('3:00').waitFor()
  await show(deck, '02-your-turn') // each slide has its own
  await timer.getByText('3:00').waitFor()
  await clock.setFixedTime(new Date(2027, 10, 28, 9, 3))
  await timer.getByText('1:00').waitFor()
  await deck.reload()
  await timer.getByText('1:00').waitFor()
  await show(deck, '01-your-turn')
  await timer.getByText('1:00').waitFor()
  await clock.setFixedTime(new Date(2027, 10, 28, 9, 4))
  await timer.getByText('time is up').waitFor()
  expect(await violations(deck)).toEqual([])
  const presenter = await deck.context().newPage()
  await presenter.goto(`${slides.url}/part-1/presenter`)
  await presenter.getByRole('button', { name: 'Start the clock again' }).click()
  await timer.getByText('4:00').waitFor()
  expect(wrong).toEqual([])
  await deck.context().close()
})

test('the decks are listed, with their minutes', async () => {
  const contents = await (await fetch(slides.url)).text()
  for (const name of deckNames()) expect(contents).toContain(`href="/${name}/presenter"`)
  expect(contents).toContain(`${slidesOf(readDeck('part-1')).length} slides, 120 minutes`)
  expect((await fetch(`${slides.url}/part-9`)).status).toBe(404)
})
