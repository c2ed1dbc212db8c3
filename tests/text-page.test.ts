import { afterAll, describe, expect, test } from 'vitest'
import { overflow, violations } from '#shared/check/accessible'
import { sharedBrowser } from '#shared/check/shared-browser'
import { findStep } from '#shared/course/course'
import { openClassroom } from '#shared/classroom/server/open-classroom'
import { pageOf, sourceOf } from '#shared/classroom/server/text-page'
import { startBehindWire } from '#shared/classroom/server/wired-program'
import { readReference } from '../bench/newest.ts'
import { reportOf } from '../bench/report.ts'

const browser = await sharedBrowser()
afterAll(() => browser?.close())

test('the glossary is a page of its own, and its links lead to such pages', async () => {
  const html = await pageOf('GLOSSARY.md')
  expect(html).toContain('<title>Glossary · On the Wire</title>')
  expect(html).toContain('<a href="/project/steps/05-nicknames/README.md">step 5</a>')
  expect(html).not.toContain('data-step')
})

test("a program's lines are text, and can be linked to", async () => {
  const html = await sourceOf('steps/03-socket-echo/server.ts')
  expect(html).toContain(`<span id="L3">import { Server } from &#39;socket.io&#39;`)
  expect(html).toContain('new Server&#60;ClientEvents')
})

describe.skipIf(!browser)('in a browser', () => {
  test('a link of the glossary leads to the program that makes the call, and nothing comes from elsewhere', async () => {
    const step = findStep('3')
    const program = await startBehindWire({ dir: step.dir, step, port: 0, command: 'npm start' })
    const classroom = await openClassroom({
      wire: program.wire,
      program,
      command: 'npm start',
      withCourse: true,
      benchReport: async () => reportOf(await readReference()),
      port: 0,
    })
    const page = await (await browser!.newContext()).newPage()
    const wrong: string[] = []
    page.on('requestfailed', (request) => wrong.push(request.url()))
    page.on('response', (response) => response.status() >= 400 && wrong.push(response.url()))
    for (const path of [
      'INSTRUCTOR.md',
      'steps/04-broadcast-vs-self/README.md',
      'bench/newest',
      'GLOSSARY.md',
    ]) {
      await page.goto(`${classroom.url}/project/${path}`)
      expect(await violations(page)).toEqual([])
      expect(await overflow(page)).toBe(0)
    }
    await page.getByRole('link', { name: "io.of('/test')" }).click()
    await page.getByRole('heading', { name: 'steps/04-broadcast-vs-self/server.ts' }).waitFor()
    expect(await page.locator('pre.source').innerText()).toContain("io.of('/test')")
    expect(await violations(page)).toEqual([])
    expect(wrong).toEqual([])
    await page.context().close()
    await classroom.close()
    await program.close()
  })

  test('the bench asks for a guess first, by keyboard alone and on a phone, and shows nothing before', async () => {
    const page = await (await browser!.newContext({ viewport: { width: 390, height: 844 } })).newPage()
    await page.setContent(await reportOf(await readReference()))
    const measured = page.getByRole('heading', { name: 'Bytes for each message' })
    const factor = page.locator('.factor').first()
    expect([await measured.isVisible(), await factor.isVisible()]).toEqual([false, false])
    await page.keyboard.press('Tab')
    await page.keyboard.press('End')
    expect(await page.getByLabel('forced to long-polling').inputValue()).toBe('30')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    expect([await measured.isVisible(), await factor.isVisible()]).toEqual([true, true])
    expect(await overflow(page)).toBe(0)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Space')
    expect(await measured.isVisible()).toBe(false)
    await page.context().close()
  })
})
