import type { Page } from 'playwright-core'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { launchBrowser } from '#shared/check/browser'
import { noBrowser } from '#shared/check/no-browser'
import { findStep } from '#shared/course/course'
import { runFresh } from '#shared/run/run-fresh'
import { run } from '#shared/run/run'
import { noProxy, tlsProxy } from './support/tls-proxy.ts'

// The chat as strangers have it: by https, under a name that is not localhost, through a proxy.

const publicName = 'chat.example'
const found = noProxy ? undefined : await launchBrowser([`--host-resolver-rules=MAP ${publicName} 127.0.0.1`])
if (!found && !noProxy && process.env.CI) throw new Error(noBrowser)
if (!found) console.log(`The chat behind a proxy is not looked at: ${noProxy ?? noBrowser}.`)
afterAll(() => found?.browser.close())

const patience = { timeout: 20_000 }
const slowly = { delay: 200 } // 400 ms without a key, and the row that says so is gone

/** A window of somebody else's, who takes the certificate as it is. Its requests for long-polling join `polls`. */
async function open(url: string, polls: string[] = []): Promise<Page> {
  const context = await found!.browser.newContext({ ignoreHTTPSErrors: true })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.on('request', (request) => request.url().includes('transport=polling') && polls.push(request.url()))
  await page.goto(url)
  return page
}

describe.skipIf(!found).each([
  [true, 'websocket'],
  [false, 'polling'],
] as const)('behind a TLS proxy that passes upgrades: %s', (passesUpgrades, transport) => {
  test(`two people chat over ${transport} in step 6, and see each other type`, async () => {
    const program = await run(findStep('6').dir)
    onTestFinished(async () => void (await program.stop()))
    const url = await tlsProxy(program.url, publicName, passesUpgrades)
    const polls: string[] = []
    const [ann, ben] = [await open(url, polls), await open(url, polls)]
    for (const [page, name] of [
      [ann, 'ann'],
      [ben, 'ben'],
    ] as const) {
      await page.getByText(`connected over ${transport}`).waitFor(patience)
      await page.getByRole('textbox', { name: 'What is your name?' }).fill(name)
      await page.keyboard.press('Enter')
      await page.getByRole('textbox', { name: 'Message' }).waitFor(patience)
    }
    const typed = ann.getByRole('textbox', { name: 'Message' }).pressSequentially('from afar', slowly)
    await ben.getByText('ann is typing').waitFor(patience)
    await typed
    await ann.keyboard.press('Enter')
    await ben.getByRole('log').getByText('from afar').waitFor(patience)
    expect(await ben.getByText('ann is typing').count()).toBe(0)
    await ben.getByText(`connected over ${transport}`).waitFor(patience)
    // A tunnel counts requests, so WebSocket is tried first; long-polling is for those whom it does not reach.
    expect(polls.length > 0).toBe(transport === 'polling')
  })

  test(`two people register in step 8, chat over ${transport}, and one logs out`, async () => {
    const program = await runFresh(findStep('8').dir)
    onTestFinished(async () => void (await program.stop()))
    const url = await tlsProxy(program.url, publicName, passesUpgrades)
    const [ann, ben] = [await open(url), await open(url)]
    for (const [page, name] of [
      [ann, 'ann'],
      [ben, 'ben'],
    ] as const) {
      await page.goto(`${url}/register`)
      await page.getByLabel('Username').fill(name)
      await page.getByLabel('Display name').fill(name)
      await page.getByLabel('Password').fill('correct horse 8')
      await page.keyboard.press('Enter')
      await page.getByText(`connected over ${transport}`).waitFor(patience)
    }
    const cookies = await ann.context().cookies()
    expect(cookies).toMatchObject([{ domain: publicName, secure: true, httpOnly: true, sameSite: 'Lax' }])

    const typed = ann.getByRole('textbox', { name: 'Message' }).pressSequentially('from afar', slowly)
    await ben.getByText('ann is typing').waitFor(patience)
    await typed
    await ann.keyboard.press('Enter')
    await ben.getByRole('log').getByText('from afar').waitFor(patience)
    await ann.getByRole('button', { name: 'Log out' }).click()
    await ann.getByRole('heading', { name: /log in/i }).waitFor(patience)
    await ben.getByText(/ann left/).waitFor(patience)
    await ann.getByLabel('Username').fill('ann')
    await ann.getByLabel('Password').fill('correct horse 8')
    await ann.keyboard.press('Enter')
    await ann.getByRole('log').getByText('from afar').waitFor(patience)
  })
})
