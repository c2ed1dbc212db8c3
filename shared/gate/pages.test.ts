import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { overflow, violations } from '../check/accessible.ts'
import { noBrowser } from '../check/no-browser.ts'
import { sharedBrowser } from '../check/shared-browser.ts'
import { firstWithAccounts, steps, type Step } from '../course.ts'
import type { Program } from '../run.ts'
import { runFresh } from '../run-fresh.ts'
import { enter, firstWithBoard, openAs } from './enter.ts'

const browser = await sharedBrowser()
if (!browser) console.log(`The pages are not looked at: ${noBrowser}.`)

const withPage = steps.filter(({ dir }) => existsSync(join(dir, 'index.html')))
const withNames = withPage.filter(({ number }) => number >= 5)
const withAccounts = withPage.filter(({ number }) => number >= firstWithAccounts)
const sizes = { phone: { width: 360, height: 740 }, projector: { width: 1280, height: 720 } }

afterAll(() => browser?.close())

describe.skipIf(!browser).each(withPage)('the page of step $number', (step) => {
  let program: Program
  beforeAll(async () => {
    program = await runFresh(step.dir)
  })
  afterAll(() => program.stop())

  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`has no axe violation on a ${size} in ${colorScheme}`, async () => {
        const name = `${size.slice(0, 5)} ${colorScheme}`
        const ann = await open(program, step, name, { viewport, colorScheme })
        expect(await violations(ann)).toEqual([])
        await enter(ann, step, name)
        await say(ann, 'hello')
        await ann.getByRole('log').getByText('hello').first().waitFor()
        expect(await violations(ann)).toEqual([])
        expect(await overflow(ann)).toBe(0)
        await ann.context().close()
      })
    }
  }

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

describe.skipIf(!browser).each(withNames)('the page of step $number when its server goes away', (step) => {
  test('says so, and comes back with the same name', async () => {
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
  })
})

async function open({ url }: Program, step: Step, name: string, options = {}): Promise<Page> {
  // Without motion, so that nothing is judged halfway through fading in.
  const context = await browser!.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  await openAs(page, url, step, name)
  return page
}

describe.skipIf(!browser).each(withAccounts)('the forms of step $number', (step) => {
  test.each(Object.keys(sizes))(
    'have no axe violation on a %s, in light and dark, with a complaint too',
    async (size) => {
      const program = await runFresh(step.dir)
      const viewport = size === 'phone' ? sizes.phone : sizes.projector
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await browser!.newContext({ reducedMotion: 'reduce', viewport, colorScheme })
        const ann = await context.newPage()
        for (const path of ['/login', '/register']) {
          await ann.goto(program.url + path)
          expect(await violations(ann)).toEqual([])
          await tabTo(ann, 'Username')
          await ann.keyboard.type('nobody at all')
          await ann.keyboard.press('Enter')
          await ann.getByRole('alert').waitFor()
          expect(await violations(ann)).toEqual([])
          expect(await overflow(ann)).toBe(0)
        }
        await context.close()
      }
      await program.stop()
    },
  )
})

describe.skipIf(!browser).each(withPage.filter(({ number }) => number >= firstWithBoard))(
  'the board of step $number',
  (step) => {
    test.each(Object.keys(sizes))(
      'has no axe violation on a %s, and works by keyboard and without a script',
      async (size) => {
        const program = await runFresh(step.dir)
        const viewport = size === 'phone' ? sizes.phone : sizes.projector
        for (const colorScheme of ['light', 'dark'] as const) {
          const ann = await open(program, step, colorScheme, { viewport, colorScheme })
          const context = await browser!.newContext({
            javaScriptEnabled: false,
            storageState: await ann.context().storageState(),
          })
          const plain = await context.newPage()
          await plain.goto(`${program.url}/board/new`)
          await tabTo(plain, 'Title')
          await plain.keyboard.type(`Bike ${colorScheme}`)
          await plain.keyboard.press('Tab')
          await plain.keyboard.type('for sale')
          await plain.keyboard.press('Tab')
          await plain.keyboard.press('Enter')
          await plain.getByText('Your post is on the board.').waitFor()
          for (const path of ['/board', '/board/new', '/board/99/edit']) {
            await ann.goto(program.url + path)
            expect(await violations(ann)).toEqual([])
            expect(await overflow(ann)).toBe(0)
          }
          await Promise.all([ann.context().close(), context.close()])
        }
        await program.stop()
      },
    )
  },
)

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
