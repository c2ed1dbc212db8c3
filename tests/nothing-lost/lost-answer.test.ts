import { connect, createServer } from 'node:net'
import type { BrowserContext, Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { noBrowser } from '#shared/check/no-browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { steps, type Step } from '#shared/course/course'
import { listenOnLocalhost } from '#shared/serve/listen-on-localhost'
import { connectAs, openAs } from '../gate/enter.ts'
import { runStep } from '../support/run-step.ts'

const syncMs = 20_000 // of the pages

// Over long-polling, each answer is a response of its own. When a connection that was used before breaks before its head
// has come, Chromium sends the request again, and tells nobody: Engine.IO takes it for the next poll, and what the answer
// held is gone. No `disconnect` comes, on either side.
for (const step of steps.filter(({ number }) => number >= 17)) {
  test(`step ${step.number}: a message whose answer was lost is shown all the same`, async ({ skip }) => {
    const browser = await sharedBrowser()
    if (!browser) return skip(noBrowser)
    const { page, way, url } = await polls(step, await browser.newContext())
    const ben = await connectAs(url, step, 'ben')
    onTestFinished(() => void ben.disconnect())
    const says = (message: string) =>
      ben.emitWithAck('new message', { key: crypto.randomUUID(), room: 1, message })
    const shown = () => page.locator('[role=log] li:not(.news) > span').allTextContents()
    await says('one')
    await expect.poll(shown).toEqual(['one'])
    const lost = way.losesAnswerWith('"new message"')
    await says('two')
    await lost
    await says('three')
    await expect.poll(shown).toEqual(['one', 'three'])
    expect(await page.locator('#state').textContent()).toBe('connected over polling')
    await page.clock.fastForward(syncMs)
    await expect.poll(shown).toEqual(['one', 'two', 'three'])
  })

  test(`step ${step.number}: a page whose login was lost comes in all the same`, async ({ skip }) => {
    const browser = await sharedBrowser()
    if (!browser) return skip(noBrowser)
    const { page, way } = await polls(step, await browser.newContext())
    const lost = way.losesAnswerWith('"login"')
    await page.reload()
    await lost
    await page.clock.fastForward(syncMs)
    await page.getByRole('textbox', { name: 'Message' }).waitFor()
    expect(await page.locator('#state').textContent()).toBe('connected over polling')
  })
}

/** Opens a step's page over long-polling, and says where its connections can be broken. */
async function polls(step: Step, context: BrowserContext): Promise<{ page: Page; way: Way; url: string }> {
  const program = await runStep(step)
  onTestFinished(() => program.stop().then(() => {}))
  onTestFinished(() => context.close())
  const way = await openWay(new URL(program.url).port)
  const page = await context.newPage()
  await page.clock.install()
  await openAs(page, way.url, step, 'ann')
  await page.getByText('connected over polling').waitFor()
  return { page, way, url: program.url }
}

interface Way {
  url: string
  /** The next answer that holds these words is not passed on: its connection is reset. Settles when that has happened. */
  losesAnswerWith(words: string): Promise<void>
}

/** A proxy that passes on no WebSocket. */
async function openWay(port: string): Promise<Way> {
  let swallow: { words: string; done: () => void } | undefined
  const proxy = createServer((near) => {
    const far = connect(Number(port), 'localhost')
    near.on('error', () => {}).on('close', () => far.destroy())
    far.on('error', () => {}).on('close', () => near.destroy())
    near.on('data', (bytes) => {
      const request = bytes.toString('latin1')
      if (/^upgrade: websocket/im.test(request)) return near.resetAndDestroy()
      far.write(request.replace(/^accept-encoding:.*\r\n/im, ''), 'latin1') // so that the answers can be read
    })
    far.on('data', (bytes) => {
      if (!swallow || !bytes.includes(swallow.words)) return near.write(bytes)
      swallow.done()
      swallow = undefined
      near.resetAndDestroy()
    })
  })
  const own = await listenOnLocalhost(proxy, 0, {}) // who comes to ::1 is closed with the others, as net does it
  onTestFinished(() => void proxy.close())
  return {
    url: `http://localhost:${own}`,
    losesAnswerWith: (words) => new Promise((done) => (swallow = { words, done })),
  }
}
