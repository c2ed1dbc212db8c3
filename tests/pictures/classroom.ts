// The README's pictures of the classroom:  node --import tsx shared/classroom/pictures.ts
import { join } from 'node:path'
import type { FrameLocator, Page } from 'playwright-core'
import { launchBrowser } from '#shared/check/browser'
import { noBrowser } from '#shared/check/no-browser'
import { findStep, root } from '#shared/course/course'
import { openClassroom } from '#shared/classroom/server/open-classroom'
import { startBehindWire } from '#shared/classroom/server/wired-program'

const found = await launchBrowser()
if (!found) throw new Error(noBrowser)
const step = findStep('6')
const program = await startBehindWire({ dir: step.dir, step, port: 0, command: 'npm start' })
const classroom = await openClassroom({ wire: program.wire, program, command: 'npm start', withCourse: true })
const page = await found.browser.newPage({
  viewport: { width: 1280, height: 720 },
  colorScheme: 'light',
  reducedMotion: 'reduce',
})
const windowOf = (name: string): FrameLocator => page.frameLocator(`iframe[title^="${name}"]`)

await open(page, classroom.url)
await chat()
await windowOf('Ben').getByRole('textbox').press('t')
await windowOf('Ann').getByText('ben is typing').waitFor()
await page.screenshot({ path: join(root, 'static', 'classroom.png') })

await page.getByRole('checkbox', { name: 'refuse WebSocket' }).check()
await page.reload()
await chat()
await page.getByLabel('containing').fill('new message')
await page
  .getByText(/POST|hello/)
  .first()
  .waitFor()
await page
  .getByRole('option', { name: /event · new message/ })
  .last()
  .click()
await page.getByText('what it is there for').waitFor()
await page.getByLabel('containing').fill('')
await page.getByRole('button', { name: 'Close' }).click()
await page.getByRole('button', { name: 'Cut everything' }).click()
await windowOf('Ann').getByText('reconnecting…').waitFor()
await page.screenshot({ path: join(root, 'static', 'cut.png') })

await found.browser.close()
await classroom.close()
await program.close()

async function open(one: Page, url: string) {
  await one.goto(url)
  await one.getByRole('combobox', { name: 'Step' }).selectOption('6')
}

async function chat() {
  for (const name of ['Ann', 'Ben']) {
    const place = windowOf(name)
    await place.getByText(/connected over/).waitFor()
    await place.getByRole('textbox').fill(name.toLowerCase())
    await place.getByRole('textbox').press('Enter')
    await place.getByRole('textbox', { name: 'Message' }).waitFor()
  }
  await windowOf('Ann').getByRole('textbox').fill('hello, Ben! Do you hear me?')
  await windowOf('Ann').getByRole('textbox').press('Enter')
  await windowOf('Ben').getByText('hello, Ben!').waitFor()
}
