import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContextOptions, FrameLocator, Page } from 'playwright-core'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { overflow, violations } from '#shared/check/accessible'
import { noBrowser } from '#shared/check/no-browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { findStep } from '#shared/course/course'
import { type } from './support/type-command.ts'
import { projectCopy } from './support/folders.ts'
import { begin } from '#shared/course/work-folder'

// The classroom as a learner has it: npm start in a copy of the project, and a real browser.

const browser = await sharedBrowser()
if (!browser) console.log(`The classroom's page is not looked at: ${noBrowser}.`)
afterAll(() => browser?.close())

const patience = { timeout: 20_000 }

/** `npm start` with step 6 running, or with a work/ that stands where step 6 begins. */
async function classroom({ own = false, words = '' } = {}) {
  const folder = await projectCopy()
  if (own) await begin(findStep('6'), { folder })
  else await writeFile(join(folder, '.workshop.json'), JSON.stringify({ passed: {}, hints: {}, open: 6 }))
  const command = type(folder, `start --port 0${words}`)
  onTestFinished(() => void command.stop())
  await command.prints('Ctrl-C')
  const url = /Open the classroom: {2}(\S+)/.exec(command.output())?.[1] ?? ''
  const chat = /^http:\S+/.exec(command.output())?.[0] ?? ''
  return { folder, url, chat, ...(await look(url)) }
}

/** Opens the classroom in a window of its own, 1280×720 unless it is told otherwise. */
async function look(url: string, options: BrowserContextOptions = {}) {
  const context = await browser!.newContext({ viewport: { width: 1280, height: 720 }, ...options })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const strangers: string[] = []
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (protocol !== 'data:' && !['localhost', '127.0.0.1'].includes(hostname)) strangers.push(request.url())
  })
  page.on('pageerror', (error) => strangers.push(error.message))
  await page.goto(url)
  await page.getByRole('heading', { name: '06 · Who is typing' }).waitFor(patience)
  return { page, strangers }
}

const windowOf = (page: Page, name: string): FrameLocator => page.frameLocator(`iframe[title^="${name}"]`)
const rowsOf = (page: Page) =>
  page.getByRole('listbox', { name: /^What crosses the wire/ }).getByRole('option')
const rows = (page: Page) => rowsOf(page).allInnerTexts()

async function comesIn(window: FrameLocator, name: string, transport = 'websocket') {
  // Before that, its script may not be there yet, and Enter would load the page again.
  await window.getByText(`connected over ${transport}`).waitFor(patience)
  await window.getByRole('textbox', { name: 'What is your name?' }).fill(name)
  await window.getByRole('textbox').press('Enter')
  await window.getByRole('textbox', { name: 'Message' }).waitFor(patience)
}

async function says(window: FrameLocator, message: string) {
  const field = window.getByRole('textbox', { name: 'Message' })
  await field.fill(message, { timeout: 2_000 })
  await field.press('Enter', { timeout: 2_000 })
}

describe.skipIf(!browser)('the classroom', () => {
  test('shows polling, the upgrade and WebSocket; refused, it stays on polling; cut, it comes back', async () => {
    const { page, strangers } = await classroom()
    const [ann, ben] = [windowOf(page, 'Ann'), windowOf(page, 'Ben')]
    await ann.getByText('connected over websocket').waitFor(patience)
    await comesIn(ann, 'ann')
    await comesIn(ben, 'ben')
    await says(ann, 'hello, Ben')
    await ben.getByText('hello, Ben').waitFor(patience)
    await page.getByLabel('containing').fill('101 Switching')
    await expect.poll(() => rows(page), patience).not.toEqual([])
    await page.getByLabel('containing').fill('probe')
    await expect.poll(() => rows(page), patience).not.toEqual([])
    await page.getByLabel('containing').fill('hello, Ben')
    await expect.poll(async () => (await rows(page)).length, patience).toBe(2) // to the server, and on to Ben

    await page.getByRole('checkbox', { name: 'refuse WebSocket' }).check()
    await page.getByText('npm start -- --refuse-websocket').waitFor(patience)
    await page.reload()
    await ann.getByText('connected over polling').waitFor(patience)
    await comesIn(ann, 'ann', 'polling')
    await comesIn(ben, 'ben', 'polling')
    await says(ann, 'by post')
    await ben.getByText('by post').waitFor(patience)
    expect(await ann.getByText('connected over websocket').count()).toBe(0)

    await page.getByRole('button', { name: 'Cut everything' }).click()
    await page.getByRole('button', { name: /Cut for another \d+ s/ }).waitFor(patience)
    await ann.getByText('reconnecting…').waitFor(patience)
    await ann.getByText('connected over polling').waitFor(patience)
    // Both were cut off at once. The server noticed one, and told the other over the connection that was cut: that one's
    // name stays taken for a while, as step 5's quiz tells. They stand at the door then, and hear what is said inside.
    const heard = async () => {
      const annIsIn = await ann.getByRole('textbox', { name: 'Message' }).isVisible()
      const [speaker, hearer] = annIsIn ? [ann, ben] : [ben, ann]
      await says(speaker, 'back again')
      return hearer.getByText('back again').count()
    }
    await expect.poll(heard, { ...patience, interval: 500 }).toBeGreaterThan(0)
    expect(strangers).toEqual([])
  })

  test('the exercise in tracing of step 6 shows the rows that its lesson says', async () => {
    const { page, folder } = await classroom()
    const lesson = await readFile(join(folder, 'steps', '06-typing', 'README.md'), 'utf8')
    const [, answer = ''] = /What the wire shows.*?```text\n(.*?)```/s.exec(lesson) ?? []
    const wanted = answer.trim().split('\n')
    expect(wanted.length).toBeGreaterThan(3)

    const [ann, ben] = [windowOf(page, 'Ann'), windowOf(page, 'Ben')]
    for (const window of [ann, ben]) await window.getByText('connected over websocket').waitFor(patience)
    await comesIn(ann, 'ann')
    await comesIn(ben, 'ben')
    await ann.getByText('ben joined').waitFor(patience)
    await page.getByLabel('containing').fill('message ·')
    await page.getByRole('button', { name: 'Clear' }).click()
    await ben.getByRole('textbox', { name: 'Message' }).pressSequentially('hi')
    await ben.getByRole('textbox', { name: 'Message' }).press('Enter')
    const seen = () =>
      rowsOf(page).evaluateAll((all) =>
        all.map((row) => {
          const direction = row.classList.contains('up') ? 'up  ' : 'down'
          return `${direction}  ${row.querySelector('.meaning')?.textContent}`
        }),
      )
    await expect.poll(async () => (await seen()).toSorted(), patience).toEqual(wanted.toSorted())
    const up = (some: string[]) => some.filter((row) => row.startsWith('up'))
    expect(up(await seen())).toEqual(up(wanted))
  })

  test('a click on a row takes it apart, and so does Enter', async () => {
    const { page } = await classroom()
    await comesIn(windowOf(page, 'Ann'), 'ann')
    await page.getByLabel('containing').fill('event · add user')
    await rowsOf(page).first().click()
    const detail = page.getByRole('complementary', { name: 'One message, taken apart' })
    await detail.getByText('["add user","ann"]').waitFor(patience)
    await detail.getByText('Socket.IO: event').waitFor(patience)
    await detail.getByText('The bytes').click()
    expect(await detail.locator('pre').innerText()).toMatch(/^0000 {2}8/)
    await detail.getByRole('button', { name: 'Close' }).click()

    await page.getByLabel('containing').fill('')
    await page.getByRole('listbox').focus()
    for (const key of ['Home', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
    await detail.waitFor(patience)
    expect(await page.locator('[role=option][aria-selected=true]').getAttribute('aria-posinset')).toBe('2')
    await page.keyboard.press('Escape')
    await expect.poll(() => detail.count(), patience).toBe(0)
  })

  test("says where the learner's program broke, and runs it again once it is mended", async () => {
    const { page, folder } = await classroom({ own: true })
    const server = join(folder, 'work', 'server.ts')
    const right = await readFile(server, 'utf8')
    await page.getByText('work runs').waitFor(patience)
    await writeFile(server, `const = 3\n${right}`)
    const down = page.getByRole('region', { name: 'The program in two windows' }).getByRole('alert')
    await expect.poll(() => down.innerText(), patience).toMatch(/work\/server\.ts does not start.*line 1/s)
    await page.reload() // a window that is opened meanwhile has nothing to show
    await down.waitFor(patience)
    await writeFile(server, right)
    await page.getByText('work runs').waitFor(patience)
    await windowOf(page, 'Ann')
      .getByText(/connected over/)
      .waitFor(patience)

    await writeFile(server, `${right}\nsetTimeout(() => { throw new Error('late') })\n`)
    await expect.poll(() => down.innerText(), patience).toMatch(/has stopped\.\s+Error: late/)
  })

  test('check, hint, diff and catch up do what their commands do', { timeout: 120_000 }, async () => {
    const { page, folder } = await classroom({ own: true })
    const said = page.getByRole('log', { name: 'What the command says' })
    const button = (name: RegExp) => page.getByRole('button', { name })
    await button(/^Check/).click()
    await expect
      .poll(() => said.innerText(), { timeout: 60_000 })
      .toMatch(/✗ the others see.*NOT YET.*Next: npm run hint/s)
    await button(/^Hint/).click()
    await expect.poll(() => said.innerText(), patience).toMatch(/Rung 1 of 3/)
    await button(/^Diff/).click()
    await expect.poll(() => said.innerText(), patience).toContain("+  socket.on('typing'")
    await finish(folder, '6')
    await button(/^Check/).click()
    await expect.poll(() => said.innerText(), { timeout: 60_000 }).toMatch(/^✓ the others see.*DONE/s)
    await page.getByRole('option', { name: /✓ 06/ }).waitFor({ ...patience, state: 'attached' })

    await page.getByRole('combobox', { name: 'Step' }).selectOption('3')
    await page.getByRole('heading', { name: /^03/ }).first().waitFor(patience)
    await button(/^Catch up/).click()
    await expect.poll(() => said.innerText(), patience).toMatch(/work\/ now holds where step 3/)
    await windowOf(page, 'Ann')
      .getByRole('heading', { name: /Polling/ })
      .waitFor(patience)
    await button(/^Run the finished 3/).click()
    await windowOf(page, 'Ann')
      .getByRole('heading', { name: /stays open/ })
      .waitFor(patience)
    await button(/^Run mine/).click()
    await windowOf(page, 'Ann')
      .getByRole('heading', { name: /Polling/ })
      .waitFor(patience)
    await page.reload() // and it opens where it was
    await page.getByRole('heading', { name: /^03/ }).first().waitFor(patience)
  })

  test('next goes on with the lesson once the step is done', { timeout: 120_000 }, async () => {
    const { page, folder } = await classroom({ own: true })
    const said = page.getByRole('log', { name: 'What the command says' })
    await finish(folder, '6')
    await page.getByRole('button', { name: /^Next/ }).click()
    await expect.poll(() => said.innerText(), { timeout: 90_000 }).toMatch(/Your code stays as it is/)
    await page.getByRole('heading', { name: /^07/ }).first().waitFor(patience)
    await expect.poll(() => readFile(join(folder, 'work', '.step'), 'utf8')).toBe('7\n')
  })

  test('tells why six polling tabs of one browser stand still', async () => {
    const { page, chat } = await classroom({ words: ' --refuse-websocket' })
    await windowOf(page, 'Ann').getByText('connected over polling').waitFor(patience)
    await windowOf(page, 'Ben').getByText('connected over polling').waitFor(patience)
    for (let tab = 3; tab <= 6; tab++) {
      const another = await page.context().newPage()
      await another.goto(chat)
      await another.getByText(/connected over polling|connecting/).waitFor(patience)
    }
    const remark = page.getByRole('region', { name: 'The wire' }).getByRole('alert')
    await expect
      .poll(() => remark.allInnerTexts(), { timeout: 40_000 })
      .toContainEqual(expect.stringContaining('no more than six to a host'))
  })

  test('has no axe violation and no overflow on a projector and on a phone, in light and in dark', async () => {
    const { url } = await classroom()
    for (const viewport of [
      { width: 1280, height: 720 },
      { width: 360, height: 740 },
    ]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page } = await look(url, { viewport, colorScheme })
        const wrong = async () => [...(await violations(page)), await overflow(page)]
        for (const view of viewport.width < 1_000 ? ['Lesson', 'Chat', 'Wire'] : [undefined]) {
          if (view) await page.getByRole('button', { name: view, exact: true }).click()
          if (view === 'Wire' || !view) await rowsOf(page).first().waitFor(patience)
          expect(await wrong(), `${viewport.width} px, ${colorScheme}`).toEqual([0])
        }
        await page.getByLabel('containing').fill('101 Switching')
        await rowsOf(page).first().click()
        await page.getByRole('complementary').getByText('what it is there for').waitFor(patience)
        expect(await wrong(), `${viewport.width} px, ${colorScheme}`).toEqual([0])
        await page.context().close()
      }
    }
  })
})

/** Makes work/ the finished step. */
async function finish(folder: string, step: string) {
  for (const file of ['server.ts', 'client.ts', 'index.html', 'events.ts']) {
    await writeFile(join(folder, 'work', file), await readFile(join(findStep(step).dir, file)))
  }
}
