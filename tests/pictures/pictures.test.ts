import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { noBrowser } from '#shared/check/no-browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { steps } from '#shared/course/course'
import { temporaryFolder } from '../support/folders.ts'
import { scenes } from './states.ts'
import { picturesOf, takePictures, type Outcome } from './take-pictures.ts'

test('every step is pictured, and each picture has a name of its own', () => {
  expect(scenes.map(({ page }) => page)).toEqual(
    expect.arrayContaining(steps.map(({ name }) => `steps/${name}`)),
  )
  const files = scenes.flatMap((scene) => picturesOf(scene, [])).map(({ file }) => file)
  expect(files.filter((file, index) => files.indexOf(file) < index)).toEqual([])
})

const browser = await sharedBrowser()
if (!browser) console.log(`No picture is taken: ${noBrowser}.`)

test.skipIf(!browser)('words choose a state, which is pictured, also on a contact sheet', async () => {
  const folder = await temporaryFolder()
  const outcomes: Outcome[] = []
  await takePictures(browser!, scenes, ['steps/03', '1-message', 'phone'], folder, (outcome) =>
    outcomes.push(outcome),
  )
  await browser!.close()
  expect(outcomes).toEqual([
    { page: 'steps/03-socket-echo', taken: 1, sheets: ['steps-03-socket-echo-1.png'], troubles: [] },
  ])
  const png = readFileSync(join(folder, 'steps/03-socket-echo/1-message/phone.png'))
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([390, 844]) // where a PNG says how large it is
  expect(existsSync(join(folder, 'steps-03-socket-echo-1.png'))).toBe(true)
})
