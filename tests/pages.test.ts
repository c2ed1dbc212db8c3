import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { overflow, violations } from '#shared/check/accessible'
import { noBrowser } from '#shared/check/no-browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { firstWithAccounts, steps, type Step } from '#shared/course/course'
import type { Program } from '#shared/run/run'
import { runFresh } from '#shared/run/run-fresh'
import { enter, firstWithBoard, openAs } from './gate/enter.ts'

const browser = await sharedBrowser()
if (!browser) console.log(`The pages are not looked at: ${noBrowser}.`)

const withPage = steps.filter(({ dir }) => existsSync(join(dir, 'index.html')))
const withNames = withPage.filter(({ number }) => number >= 5)
const withAccounts = withPage.filter(({ number }) => number >= firstWithAccounts)
const withBoard = withPage.filter(({ number }) => number >= firstWithBoard)
// Forms and board stand in the steps between as they stand in these.
const firstAndLast = (some: readonly Step[]) =>
  [...new Set([some[0], some.at(-1)])].filter((one) => one !== undefined)
const phone = { width: 360, height: 740 }
const projector = { width: 1280, height: 720 }
// axe judges colours by the scheme and places by the width: two looks have each of both.
const looks = [
  { viewport: phone, colorScheme: 'light' },
  { viewport: projector, colorScheme: 'dark' },
] as const

afterAll(() => browser?.close())

describe.skipIf(!browser).each(withPage)('the page of step $number', (step) => {
  let program: Program
  beforeAll(async () => {
    program = await runFresh(step.dir)
  })
  afterAll(() => program.stop())

  test('has no axe violation on a phone in light and a projector in dark, before and after coming in', async () => {
    const ann = await open(program, step, 'ann')
    expect(await inEveryLook(ann)).toEqual([])
    await enter(ann, step, 'ann')
    await say(ann, 'hello')
    await ann.getByRole('log').getByText('hello').first().waitFor()
    expect(await inEveryLook(ann)).toEqual([])
    await ann.context().close()
  })

  test('works by keyboard alone, and its focus can be seen', async () => {
    const ann = await open(program, step, 'keys')
    if (withNames.includes(step) && !withAccounts.includes(step)) {
      await tabTo(ann, 'What is your name?')
      await ann.keyboard.type('keys')
      await ann.keyboard.press('Enter')
    }
    await ann.getByRole('textbox', { name: 'Message' }).waitFor()
    await tabTo(ann, 'Message')
    expect(await outlineOfFocus(ann)).not.toBe('none')
    await ann.keyboard.type('by keyboard')
    await ann.keyboard.press('Enter')
    await ann.getByRole('log').getByText('by keyboard').first().waitFor()
    await ann.context().close()
  })
})

// Most of it is waiting: Socket.IO tries again after one second, and then after longer.
describe.skipIf(!browser)('a page whose server goes away', () => {
  test.concurrent.each(withNames)(
    'says so, and comes back with the same name, in step $number',
    async (step) => {
      const first = await runFresh(step.dir)
      const ann = await open(first, step, 'ann')
      await enter(ann, step, 'ann')
      await first.kill()
      await ann.getByText('reconnecting…').waitFor()
      await say(ann, 'not lost')
      expect(await ann.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('not lost')

      await first.restart()
      await ann.getByText(/connected over/).waitFor()
      const ben = await open(first, step, 'ben')
      await enter(ben, step, 'ben')
      await ben.getByText('there are 2 participants').waitFor()
      await ann.keyboard.press('Enter')
      await ben.getByRole('log').getByText('not lost').waitFor()
      await Promise.all([ann.context().close(), ben.context().close()])
      await first.stop()
    },
  )
})

async function open({ url }: Program, step: Step, name: string): Promise<Page> {
  // Without motion, so that nothing is judged halfway through fading in.
  const context = await browser!.newContext({ reducedMotion: 'reduce' })
  const page = await context.newPage()
  await openAs(page, url, step, name)
  return page
}

describe.skipIf(!browser).each(withPage.filter(({ number }) => number >= 10))(
  'the people in step $number',
  (step) => {
    test('are drawn anew when somebody comes, and whoever was on one of them by keyboard still is', async () => {
      const program = await runFresh(step.dir)
      const [ann, ben] = [await open(program, step, 'ann'), await open(program, step, 'ben')]
      const button = ann.getByRole('list', { name: 'People' }).getByRole('button', { name: 'ben' })
      await button.focus()
      const cleo = await open(program, step, 'cleo')
      await ann.getByText('there are 3 participants').waitFor()
      await ann.getByRole('list', { name: 'People' }).getByRole('button', { name: 'cleo' }).waitFor()
      expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
      await Promise.all([ann, ben, cleo].map((page) => page.context().close()))
      await program.stop()
    })
  },
)

describe.skipIf(!browser).each(firstAndLast(withAccounts))('the forms of step $number', (step) => {
  test('have no axe violation, with a complaint too', async () => {
    const program = await runFresh(step.dir)
    const context = await browser!.newContext({ reducedMotion: 'reduce' })
    const ann = await context.newPage()
    for (const path of ['/login', '/register']) {
      await ann.goto(program.url + path)
      expect(await inEveryLook(ann)).toEqual([])
      await tabTo(ann, 'Username')
      await ann.keyboard.type('nobody at all')
      await ann.keyboard.press('Enter')
      await ann.getByRole('alert').waitFor()
      expect(await inEveryLook(ann)).toEqual([])
    }
    await context.close()
    await program.stop()
  })
})

describe.skipIf(!browser).each(firstAndLast(withBoard))('the board of step $number', (step) => {
  test('has no axe violation, and works by keyboard and without a script', async () => {
    const program = await runFresh(step.dir)
    const ann = await open(program, step, 'ann')
    const context = await browser!.newContext({
      javaScriptEnabled: false,
      storageState: await ann.context().storageState(),
    })
    const plain = await context.newPage()
    await plain.goto(`${program.url}/board/new`)
    await tabTo(plain, 'Title')
    await plain.keyboard.type('Bike')
    await plain.keyboard.press('Tab')
    await plain.keyboard.type('for sale')
    await plain.keyboard.press('Tab')
    await plain.keyboard.press('Enter')
    await plain.getByText('Your post is on the board.').waitFor()
    for (const path of ['/board', '/board/new', '/board/99/edit']) {
      await ann.goto(program.url + path)
      expect(await inEveryLook(ann)).toEqual([])
    }
    await Promise.all([ann.context().close(), context.close()])
    await program.stop()
  })
})

/** What is wrong with a page on a phone in light and on a projector in dark. */
async function inEveryLook(page: Page): Promise<string[]> {
  const wrong: string[] = []
  for (const { viewport, colorScheme } of looks) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const where = `${viewport.width} px, ${colorScheme}`
    wrong.push(...(await violations(page)).map((one) => `${where}: ${one}`))
    const wider = await overflow(page)
    if (wider > 0) wrong.push(`${where}: ${wider} px wider than its window`)
  }
  return wrong
}

async function say(page: Page, text: string) {
  await page.getByRole('textbox', { name: 'Message' }).fill(text)
  await page.keyboard.press('Enter')
}

async function tabTo(page: Page, label: string) {
  const field = page.getByRole('textbox', { name: label })
  for (let presses = 0; presses < 12; presses++) {
    if (await field.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`twelve times Tab did not reach “${label}”`)
}

function outlineOfFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { outlineStyle, boxShadow } = getComputedStyle(document.activeElement ?? document.body)
    return outlineStyle === 'none' ? boxShadow : outlineStyle
  })
}
