import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { noBrowser } from '#shared/check/no-browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { steps } from '#shared/course/course'
import { temporaryFolder } from '../support/folders.ts'
import { scenes } from './states.ts'
import { picturesOf, takePictures } from './camera.ts'

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
  const scene = scenes.find(({ page }) => page === 'steps/03-socket-echo')!
  expect(await takePictures(browser!, scene, ['14-messages', 'phone'], folder)).toEqual([])
  await browser!.close()
  const png = readFileSync(join(folder, 'steps/03-socket-echo/14-messages/phone.png'))
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([390, 844]) // where a PNG says how large it is
  expect(existsSync(join(folder, 'steps-03-socket-echo.png'))).toBe(true)
})
