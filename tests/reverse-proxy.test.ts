import type { Locator, Page } from 'playwright-core'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { launchBrowser } from '#shared/check/browser'
import { noBrowser } from '#shared/check/no-browser'
import { registration } from '#shared/check/account'
import { findStep, firstWithLogin, steps, type Step } from '#shared/course/course'
import { enter, openAs } from './gate/enter.ts'
import { noProxy, tlsProxy } from './support/tls-proxy.ts'
import { runStep } from './support/run-step.ts'

// The chat as strangers have it: by https, under a name that is not localhost, through a proxy.

const publicName = 'chat.example'
const found = noProxy ? undefined : await launchBrowser([`--host-resolver-rules=MAP ${publicName} 127.0.0.1`])
if (!found && !noProxy && process.env.CI) throw new Error(noBrowser)
if (!found) console.log(`The chat behind a proxy is not looked at: ${noProxy ?? noBrowser}.`)
afterAll(() => found?.browser.close())

/** A window of somebody else's, who takes the certificate as it is and is let in. Its requests for long-polling join `polls`. */
async function open(url: string, step: Step, name: string, polls: string[]): Promise<Page> {
  const context = await found!.browser.newContext({ ignoreHTTPSErrors: true })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.on('request', (request) => request.url().includes('transport=polling') && polls.push(request.url()))
  page.setDefaultTimeout(90_000)
  await openAs(page, url, step, name)
  await enter(page, step, name)
  return page
}

/** Types letter by letter until somebody else sees it: the row that says so is gone after 400 ms without a key. */
async function typeUntil(page: Page, row: Locator): Promise<void> {
  const seen = row.waitFor().then(() => 'seen')
  const press = () => page.getByRole('textbox', { name: 'Message' }).press('x')
  while ((await Promise.race([seen, press()])) !== 'seen');
}

// A proxy is met first in step 6, which a lesson lets others reach, and last with all that accounts add.
describe.skipIf(!found).each([
  { step: findStep('6'), passesUpgrades: false, transport: 'polling' },
  { step: steps.at(-1)!, passesUpgrades: true, transport: 'websocket' },
])('behind a TLS proxy, in step $step.number', ({ step, passesUpgrades, transport }) => {
  test(`two people chat over ${transport}, and see each other type`, async () => {
    const program = await runStep(step)
    onTestFinished(async () => void (await program.stop()))
    const url = await tlsProxy(program.url, publicName, passesUpgrades)
    const polls: string[] = []
    const ann = await open(url, step, 'ann', polls)
    const ben = await open(url, step, 'ben', polls)
    await typeUntil(ann, ben.getByText('ann is typing'))
    await ann.getByRole('textbox', { name: 'Message' }).fill('from afar')
    await ann.keyboard.press('Enter')
    await ben.getByRole('log').getByText('from afar').waitFor()
    await ben.getByText('ann is typing').waitFor({ state: 'detached' })
    await ben.getByText(`connected over ${transport}`).waitFor()
    // A tunnel counts requests, so WebSocket is tried first; long-polling is for those whom it does not reach.
    expect(polls.length > 0).toBe(transport === 'polling')
    if (step.number < firstWithLogin) return

    const cookies = await ann.context().cookies()
    expect(cookies).toMatchObject([{ domain: publicName, secure: true, httpOnly: true, sameSite: 'Lax' }])
    await ann.getByRole('button', { name: 'Log out' }).click()
    await ann.getByRole('heading', { name: /log in/i }).waitFor()
    await ben.getByText(/ann left/).waitFor()
    const { username, password } = registration('ann')
    await ann.getByLabel('Username').fill(username)
    await ann.getByLabel('Password').fill(password)
    await ann.keyboard.press('Enter')
    await ann.getByRole('log').getByText('from afar').waitFor()
  })
})
