import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { launchBrowser } from '#shared/check/browser'
import { noBrowser } from '#shared/check/no-browser'
import { root } from '#shared/course/course'
import { Advice } from '#shared/terminal/advice'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'
import { paint } from '#shared/terminal/colour'
import { takeReadmePictures } from '../tests/pictures/readme.ts'
import { scenes } from '../tests/pictures/states.ts'
import { picturesOf, takePictures } from '../tests/pictures/camera.ts'

const atOnce = 3 // scenes: now and then each waits for a program

export const spec = {
  command: 'npm run pictures',
  does: 'Takes a picture of every page in every state, and puts them on sheets in pictures/. Words choose some of them.',
  words: ['[WORD]', '[WORD]', '[WORD]', '[WORD]'],
  options: { readme: [true, "takes the README's pictures again"] },
  example: 'npm run pictures -- steps/06 phone',
} as const satisfies CommandSpec

/** `npm run pictures`: every page in every state, and contact sheets; `-- --readme` takes the README's pictures anew. */
export default async function (typed: string[]): Promise<number> {
  const { positionals, flag } = parseCommand(typed, spec)
  const words = positionals.map((word) => word.toLowerCase())
  const wanted = scenes.reduce((sum, scene) => sum + picturesOf(scene, words).length, 0)
  if (wanted === 0) {
    throw new Advice(
      `No picture is called ${positionals.join(' ')}. The pages are: ${scenes.map(({ page }) => page).join(', ')}.`,
      `For example:  ${spec.example}`,
    )
  }
  const browser = (await launchBrowser())?.browser
  if (!browser) throw new Advice(`There are no pictures: ${noBrowser}.`, `Then:  ${spec.command}`)
  try {
    if (flag('readme')) {
      for (const file of await takeReadmePictures(browser)) console.log(file)
      return 0
    }
    const folder = join(root, 'pictures')
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder)
    const startedAt = performance.now()
    let troubles = 0
    const waiting = scenes.filter((scene) => picturesOf(scene, words).length > 0)
    const work = async () => {
      for (let scene = waiting.shift(); scene; scene = waiting.shift()) {
        const found = await takePictures(browser, scene, words, folder)
        troubles += found.length
        console.log(`pictures/${scene.page.replaceAll('/', '-')}.png`)
        for (const trouble of found) console.log(paint('red', trouble))
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    console.log(`${wanted} pictures in ${Math.round((performance.now() - startedAt) / 1_000)} s`)
    return troubles > 0 ? 1 : 0
  } finally {
    await browser.close()
  }
}
