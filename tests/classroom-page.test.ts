import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FrameLocator, Page } from 'playwright-core'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { overflow, violations } from '#shared/check/accessible'
import { noBrowser } from '#shared/check/no-browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import type { Actions } from '#shared/classroom/protocol'
import { findStep, programFilesIn } from '#shared/course/course'
import { begin } from '#shared/course/work-folder'
import { comesIn, startClassroom, windowOf } from './support/classroom.ts'
import { isThisMachine } from './support/this-machine.ts'

// The classroom as a learner has it: npm start in a copy of the project, and a real browser. It is one for all tests.

const browser = await sharedBrowser()
if (!browser) console.log(`The classroom's page is not looked at: ${noBrowser}.`)

const patience = { timeout: 20_000 }
const { folder, url, chat, close } = browser
  ? await startClassroom()
  : { folder: '', url: '', chat: '', close: async () => {} }
afterAll(async () => {
  await close()
  await browser?.close()
})

/** Where a test begins: a finished step runs anew, or a work/ that stands where the step begins, and nothing is broken. */
async function classroom({ own = false, step = 6, refuseWebSocket = false } = {}) {
  if (own) await begin(findStep(String(step)), { folder })
  await act('faults', { delayMs: 0, bytesPerSecond: 0, refuseWebSocket })
  await act('open', { step })
  await act('run', { step, own })
  return look(step)
}

/** Opens the classroom in a window of its own, 1280×720. */
async function look(step = 6) {
  const context = await browser!.newContext({ viewport: { width: 1280, height: 720 } })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const strangers: string[] = []
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (protocol !== 'data:' && !isThisMachine(hostname)) strangers.push(request.url())
  })
  page.on('pageerror', (error) => strangers.push(error.message))
  await page.goto(url)
  await lessonOf(page, step)
  return { page, strangers }
}

async function act<Name extends keyof Actions>(name: Name, body: Actions[Name]) {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/api/${name}`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(await response.json()).toEqual({ ok: true })
}

const lessonOf = (page: Page, step: number) =>
  page
    .getByRole('heading', { level: 1, name: new RegExp(`^${String(step).padStart(2, '0')} ·`) })
    .waitFor(patience)
const rowsOf = (page: Page) =>
  page.getByRole('listbox', { name: /^What crosses the wire/ }).getByRole('option')
/** Lets the wire show the rows that contain this, waits until it shows no others, and gives the first one. */
async function rowContaining(page: Page, text: string) {
  await page.getByLabel('containing').fill(text)
  const found = rowsOf(page).filter({ hasText: text })
  await found.first().waitFor(patience)
  const others = rowsOf(page).and(page.locator(':not(.silence)')).filter({ hasNotText: text })
  await expect.poll(() => others.count(), patience).toBe(0)
  return found.first()
}
const rows = (page: Page) =>
  rowsOf(page).evaluateAll((all) =>
    all.map((row) =>
      [...row.children]
        .slice(1)
        .map((part) => part.textContent)
        .join(''),
    ),
  )

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
    await comesIn(ann, 'ann', 'websocket')
    await comesIn(ben, 'ben', 'websocket')
    await says(ann, 'hello, Ben')
    await ben.getByText('hello, Ben').waitFor(patience)
    await page.getByLabel('containing').fill('101 Switching')
    await expect.poll(() => rows(page), patience).not.toEqual([])
    await page.getByLabel('containing').fill('probe')
    await expect.poll(() => rows(page), patience).not.toEqual([])
    await page.getByLabel('containing').fill('hello, Ben')
    await expect
      .poll(() => rows(page), patience)
      .toEqual([
        expect.stringMatching(/^Ann to server, WebSocket, new message “hello, Ben” .*, \d+ bytes$/),
        expect.stringMatching(/^server to Ben, WebSocket, new message “hello, Ben” .*, \d+ bytes$/),
      ])

    // A refusal is seen at once: what is open is broken off, and the pages come back by themselves.
    await page.getByRole('checkbox', { name: 'refuse WebSocket' }).check()
    await page.getByText('npm start -- --refuse-websocket').waitFor(patience)
    for (const window of [ann, ben]) await window.getByText('connected over polling').waitFor(patience)
    await says(ann, 'by post')
    await ben.getByText('by post').waitFor(patience)
    expect(await ann.getByText('connected over websocket').count()).toBe(0)

    await Promise.all([
      page.getByText(/Nobody gets through for another \d+ s/).waitFor(patience),
      ann.getByText('reconnecting…').waitFor(patience),
      page.getByRole('button', { name: 'Cut everything' }).click(),
    ])
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

  test('a line of the chat and its rows mark each other', async () => {
    const { page } = await classroom()
    const ann = windowOf(page, 'Ann')
    await comesIn(ann, 'ann', 'websocket')
    await says(ann, 'which rows are mine?')
    const row = rowsOf(page).filter({ hasText: 'which rows are mine?' }).first()
    const marked = page.locator('.row.marked')
    await row.waitFor(patience)
    await ann.getByText('which rows are mine?').hover()
    await expect.poll(() => marked.first().innerText(), patience).toContain('which rows are mine?')
    await row.hover()
    await expect.poll(() => marked.count(), patience).toBe(0)
    const line = ann.getByRole('listitem').filter({ hasText: 'which rows are mine?' })
    await expect.poll(() => line.evaluate((element) => element.style.outline), patience).toContain('2px')
  })

  test('once there are accounts, two people are logged in side by side, each in a window of their own', async () => {
    const { page, strangers } = await classroom({ step: 10 })
    const [ann, ben] = [windowOf(page, 'Ann'), windowOf(page, 'Ben')]
    for (const [name, window] of Object.entries({ ann, ben })) {
      await window.getByRole('link', { name: 'Register' }).click(patience)
      await window.getByLabel('Username, to log in with').fill(name) // the login has a field Username, too
      await window.getByLabel('Display name').fill(name)
      await window.getByLabel('Password').fill('a long password')
      await window.getByRole('button', { name: 'Register' }).click()
      await window.getByText('connected over websocket').waitFor(patience)
    }
    await page.getByRole('button', { name: 'Load both again' }).click() // Each of them is still who they are.
    await ann.getByText('you are ann').waitFor(patience)
    await ben.getByText('you are ben').waitFor(patience)
    await says(ann, 'it is ann who says this')
    await ben
      .getByRole('listitem')
      .filter({ hasText: /ann.*it is ann who says this/s })
      .waitFor(patience)
    expect(strangers).toEqual([])
  })

  test('the exercise in tracing of step 6 shows the rows that its lesson says', async () => {
    const { page } = await classroom()
    const lesson = await readFile(join(folder, 'steps', '06-typing', 'README.md'), 'utf8')
    const [, answer = ''] = /What the wire shows.*?```text\n(.*?)```/s.exec(lesson) ?? []
    const wanted = answer.trim().split('\n')
    expect(wanted.length).toBeGreaterThan(3)

    const [ann, ben] = [windowOf(page, 'Ann'), windowOf(page, 'Ben')]
    for (const window of [ann, ben]) await window.getByText('connected over websocket').waitFor(patience)
    await comesIn(ann, 'ann', 'websocket')
    await comesIn(ben, 'ben', 'websocket')
    await ann.getByText('ben joined').waitFor(patience)
    for (const sort of ['set-up', 'polls'])
      await page.getByRole('button', { name: sort, exact: true }).click()
    await page.getByRole('button', { name: 'Measure from here' }).click()
    await ben.getByRole('textbox', { name: 'Message' }).pressSequentially('hi')
    await ben.getByRole('textbox', { name: 'Message' }).press('Enter')
    const seen = () =>
      rowsOf(page).evaluateAll((all) =>
        all.map((row) => {
          const direction = row.classList.contains('up') ? 'up  ' : 'down'
          return `${direction}  ${row.querySelector('.words')?.textContent}`
        }),
      )
    await expect.poll(async () => (await seen()).toSorted(), patience).toEqual(wanted.toSorted())
    const up = (some: string[]) => some.filter((row) => row.startsWith('up'))
    expect(up(await seen())).toEqual(up(wanted))
  })

  test('a click on a row takes it apart, and so does Enter', async () => {
    const { page } = await classroom()
    await comesIn(windowOf(page, 'Ann'), 'ann', 'websocket')
    await (await rowContaining(page, 'add user')).click()
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
    const at = await page.locator('[role=option][aria-selected=true]').getAttribute('aria-posinset')
    expect(Number(at)).toBeGreaterThan(1)
    await page.keyboard.press('Escape')
    await expect.poll(() => detail.count(), patience).toBe(0)
  })

  test("says where the learner's program broke, and runs it again once it is mended", async () => {
    const { page } = await classroom({ own: true })
    const server = join(folder, 'work', 'server.ts')
    const right = await readFile(server, 'utf8')
    await writeFile(server, `const = 3\n${right}`)
    const down = page.getByRole('region', { name: 'The program in two windows' }).getByRole('alert')
    await expect.poll(() => down.innerText(), patience).toMatch(/work\/server\.ts does not start.*line 1/s)
    await expect
      .poll(() => down.innerText())
      .toMatch(/work\/server\.ts:1\b.*▶ 1\s*const = 3.*starts again when you save/s)
    // Nothing lies over the card, nor over what it says.
    expect(
      await down.evaluate((card) => {
        const { left, top, width, height } = card.getBoundingClientRect()
        return card.contains(document.elementFromPoint(left + width / 2, top + height / 2))
      }),
    ).toBe(true)
    const printed = page.getByRole('log', { name: 'What your server says' })
    await expect.poll(() => printed.innerText(), patience).toMatch(/work\/server\.ts does not start: .*\n*$/)
    expect(await violations(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    for (const view of ['Lesson', 'Wire']) {
      await page.getByRole('button', { name: view, exact: true }).click()
      await page.getByRole('button', { name: /^work\/server\.ts does not start/ }).click()
      await down.waitFor(patience)
    }
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.reload() // a window that is opened meanwhile has nothing to show
    await down.waitFor(patience)
    await writeFile(server, right)
    await page.getByText('work runs').waitFor(patience)
    await windowOf(page, 'Ann')
      .getByText(/connected over/)
      .waitFor(patience)

    await writeFile(server, `${right}\nsetTimeout(() => { throw new Error('late') })\n`)
    await expect.poll(() => down.innerText(), patience).toMatch(/has stopped\s+Error: late/)

    const needy = `import { existsSync } from 'node:fs'\nif (!existsSync('work/is-there')) throw new Error('not yet')\n${right}`
    await writeFile(server, needy)
    await expect.poll(() => down.innerText(), patience).toMatch(/does not start\s+Error: not yet/)
    await writeFile(join(folder, 'work', 'is-there'), '')
    await writeFile(server, needy) // a save without a change
    await page.getByText('work runs').waitFor(patience)
    expect(await down.count()).toBe(0)
  })

  test('no editor opens while nothing is broken', async () => {
    await classroom()
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${url}/api/editor`, {
      method: 'POST',
      headers,
      body: '{"file":"/etc/passwd"}',
    })
    expect([response.status, await response.json()]).toEqual([
      409,
      { error: expect.stringMatching(/^Nothing is broken/) },
    ])
  })

  test('one button says what to do first, and it follows the learner', { timeout: 300_000 }, async () => {
    const { page } = await classroom({ own: true, step: 1 })
    const first = page.getByRole('region', { name: 'Commands' }).locator('.primary')
    const isFirst = (name: RegExp) =>
      expect.poll(() => first.allInnerTexts(), patience).toEqual([expect.stringMatching(name)])
    const verdict = page.getByRole('region', { name: 'Commands' }).getByRole('status')
    await isFirst(/^Check/)
    await page.getByRole('button', { name: /^2 · / }).click()
    await isFirst(/^Begin step 2/)
    await page.getByText('You are reading step 2; this is your step 1 running.').waitFor(patience)
    await page.getByRole('button', { name: /^1 · / }).click()
    await isFirst(/^Check/)
    await first.press('Enter')
    await verdict.getByText('npm run check 1').waitFor(patience)
    await expect.poll(() => verdict.innerText(), { timeout: 120_000 }).toMatch(/^Task 1 of \d+ · NOT YET/)
    await expect.poll(() => page.locator('.tasks [data-is=failed]').count(), patience).toBe(1)
    expect(await page.locator('.desk').getAttribute('data-large')).toBe('true')
    expect(await violations(page)).toEqual([])
    expect(await page.locator('.tasks').evaluate((list) => list.parentElement?.scrollTop)).toBe(0)
    await isFirst(/^Check/)
    for (const file of programFilesIn(findStep('1').dir)) {
      await writeFile(join(folder, 'work', file), await readFile(join(findStep('1').dir, file)))
    }
    await page.keyboard.press('Enter') // The focus is where it was.
    await expect.poll(() => verdict.innerText(), { timeout: 120_000 }).toMatch(/^(\d+) of \1 tasks · DONE/)
    await isFirst(/^Next/)
    expect(await first.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.getByRole('button', { name: /^1 · Hello, HTTP.* done ✓/ }).waitFor(patience)
    await page.getByRole('button', { name: /^Start over/ }).press('Enter')
    await isFirst(/^Check/)
    expect(await first.evaluate((button) => button === document.activeElement)).toBe(true)
  })

  test('by keyboard: Check within five keys, steps and panes by arrows, large letters by p', async () => {
    const { page } = await classroom({ own: true, step: 2 })
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
    await page.locator('body').press('Tab')
    expect(await focused()).toBe('To the lesson')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(focused, patience).toMatch(/^Check/)

    await page.getByRole('button', { name: /^2 · / }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await lessonOf(page, 3)

    const bar = page.getByRole('separator', { name: 'Lesson and program' })
    const width = async () => (await page.locator('.lesson-side').boundingBox())?.width ?? 0
    const before = await width()
    await bar.focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => bar.getAttribute('aria-valuenow')).toBe('34')
    expect(await width()).toBeLessThan(before - 40)
    const { x = 0, y = 0 } = (await bar.boundingBox()) ?? {}
    await page.mouse.move(x + 1, y + 300)
    await page.mouse.down()
    await page.mouse.move(640, y + 300)
    await page.mouse.up()
    await expect.poll(() => bar.getAttribute('aria-valuenow')).toBe('50')

    const letter = () =>
      page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize))
    const small = await letter()
    await page.keyboard.press('p')
    await expect.poll(letter).toBeCloseTo(1.5 * small)
    await page.reload()
    await lessonOf(page, 3)
    await expect.poll(letter).toBeCloseTo(1.5 * small)
    await expect.poll(() => bar.getAttribute('aria-valuenow')).toBe('50')
    await page.getByLabel('delay, ms each way').press('p') // in a field it is a letter
    expect(await letter()).toBeCloseTo(1.5 * small)
  })

  test('zoomed to 200 and 400 percent the page scrolls, and each part keeps a size that can be read', async () => {
    const { page } = await classroom()
    const heightOf = async (place: string) => (await page.locator(place).boundingBox())?.height
    for (const [width, height] of [
      [640, 360],
      [320, 256],
    ] as const) {
      await page.setViewportSize({ width, height })
      expect(await overflow(page)).toBe(0)
      expect(await heightOf('.lesson')).toBeGreaterThan(150)
      expect(await heightOf('.output')).toBeGreaterThan(100)
      await page.getByRole('button', { name: 'Wire', exact: true }).click()
      expect(await page.getByRole('listbox').evaluate(({ clientHeight }) => clientHeight)).toBeGreaterThan(
        120,
      )
      expect(await overflow(page)).toBe(0)
      await page.getByRole('button', { name: 'Lesson', exact: true }).click()
    }
  })

  test('in forced colours one sees what is pressed, and which step is open', async () => {
    const { page } = await classroom()
    await page.emulateMedia({ forcedColors: 'active' })
    const colourOf = (name: RegExp | string) =>
      page.getByRole('button', { name }).evaluate((button) => getComputedStyle(button).backgroundColor)
    expect(await colourOf(/^6 · /)).not.toBe(await colourOf(/^5 · /))
    expect(await colourOf('commands')).not.toBe(await colourOf('your server says'))
  })

  test('check, hint, diff, next and catch up do what their commands do', { timeout: 300_000 }, async () => {
    const { page } = await classroom({ own: true, step: 1 })
    const printed = page.getByRole('log', { name: 'What the command says' })
    const button = (name: RegExp) => page.getByRole('button', { name })
    const prints = (words: RegExp) =>
      expect.poll(() => printed.innerText(), { timeout: 120_000 }).toMatch(words)
    await button(/^Check/).click()
    await prints(/Expected: .*Next: npm run hint.*✗/s)
    await button(/^Hint/).click()
    await prints(/Hint 1 of 3/)
    await button(/^Diff/).click()
    await prints(/^\+app\.get\('\/'/m)
    for (const file of programFilesIn(findStep('1').dir)) {
      await writeFile(join(folder, 'work', file), await readFile(join(findStep('1').dir, file)))
    }
    await button(/^Check/).click()
    await prints(/Next: npm run next.*✓/s)
    await button(/^Next/).click()
    await prints(/your code stays as it is/i)
    await lessonOf(page, 2)
    await expect.poll(() => readFile(join(folder, 'work', '.step'), 'utf8')).toBe('2\n')

    // Where step 3 begins, its page has no script yet.
    const stateOf = (state: RegExp) => windowOf(page, 'Ann').getByText(state).waitFor(patience)
    await page.getByRole('button', { name: /^3 · / }).click()
    await lessonOf(page, 3)
    await button(/^Begin step 3/).click()
    await prints(/work\/ now holds the start of step 3/)
    await stateOf(/^connecting…$/)
    await button(/^Run the finished 3/).click()
    await stateOf(/connected over/)
    await button(/^Run mine/).click()
    await stateOf(/^connecting…$/)
    await page.reload() // and it opens where it was
    await lessonOf(page, 3)
  })

  test('tells why six polling tabs of one browser stand still', async () => {
    const { page } = await classroom({ refuseWebSocket: true })
    await windowOf(page, 'Ann').getByText('connected over polling').waitFor(patience) // The program runs.
    // Ann's and Ben's windows come in by names of their own: to a browser these are other hosts.
    for (let tab = 1; tab <= 6; tab++) {
      const another = await page.context().newPage()
      await another.goto(chat)
      await another.getByText(/connected over polling|connecting/).waitFor(patience)
    }
    const remark = page.getByRole('region', { name: 'The wire' }).getByRole('alert')
    await expect
      .poll(() => remark.allInnerTexts(), { timeout: 40_000 })
      .toContainEqual(expect.stringContaining('no more than six to a host'))
  })

  test('each window is loaded once when server.ts is saved', async () => {
    const { page } = await classroom({ own: true })
    const windows = [windowOf(page, 'Ann'), windowOf(page, 'Ben')]
    const connected = async () => {
      for (const window of windows) await window.getByText(/connected over/).waitFor(patience)
    }
    await page.getByText('work runs').waitFor(patience)
    await connected()
    const frames = await page.locator('iframe').elementHandles()
    let loads = 0
    page.on('framenavigated', (frame) => {
      if (frame !== page.mainFrame()) loads++
    })
    const server = join(folder, 'work', 'server.ts')
    await writeFile(server, `${await readFile(server, 'utf8')}\n// saved\n`)
    await expect.poll(() => loads, patience).toBeGreaterThanOrEqual(2)
    await connected()
    // The page hears of this after it has heard that the program runs again, which must not load the windows once more.
    await act('faults', { delayMs: 1, bytesPerSecond: 0, refuseWebSocket: false })
    await page.getByText('npm start -- --delay 1').waitFor(patience)
    const kept = await Promise.all(frames.map((frame) => frame.evaluate((element) => element.isConnected)))
    expect({ loads, kept }).toEqual({ loads: 2, kept: [true, true] })
  })

  test('has no axe violation and no overflow on a projector, in light and in dark, and on a phone', async () => {
    const { page } = await classroom()
    const wrong = async () => [...(await violations(page)), await overflow(page)]
    await rowsOf(page).first().waitFor(patience)
    expect(await overflow(page)).toBe(0)
    await (await rowContaining(page, '101 Switching')).click()
    const detail = page.getByRole('complementary')
    await detail.getByText('what it is there for').waitFor(patience)
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await wrong(), `a projector, ${colorScheme}`).toEqual([0])
    }

    await page.setViewportSize({ width: 360, height: 740 })
    for (const view of ['Lesson', 'Chat', 'Wire']) {
      await page.getByRole('button', { name: view, exact: true }).click()
      expect(await wrong(), `${view} on a phone`).toEqual([0])
    }
    await detail.getByRole('button', { name: 'Close' }).click()
    await rowsOf(page).first().waitFor(patience)
    expect(await wrong(), 'the rows on a phone').toEqual([0])
  })
})
