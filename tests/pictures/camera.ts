import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import type { Browser, Page } from 'playwright-core'

const hd = { width: 1280, height: 720 }
const phone = { width: 390, height: 844 }

/** What a window is like. `window` is the inside of the classroom's two, when the classroom has 1280×720. */
const windows = {
  hd,
  dark: hd,
  laptop: { width: 1366, height: 768 },
  large: { width: 1920, height: 1080 },
  phone,
  window: { width: 554, height: 370 },
  lesson: phone, // and these are the views of the classroom that a phone shows
  chat: phone,
  wire: phone,
}
export type Size = keyof typeof windows

/** A state's name, how to reach it from the one before, and the sizes in which it is pictured. */
export type State<Stage> = readonly [
  name: string,
  sizes: readonly Size[],
  reach: (stage: Stage) => Promise<unknown>,
]

/** A page that goes from state to state in one window. */
export interface Scene {
  /** `steps/06-typing` */
  readonly page: string
  readonly states: readonly { name: string; sizes: readonly Size[] }[]
  /**
   * Goes through the states up to `last`.
   *
   * @param reached called for each, with what ends once it is reached
   */
  play(
    window: Page,
    last: string | undefined,
    reached: (name: string, arrival: Promise<unknown>) => Promise<void>,
  ): Promise<void>
}

/** @param open starts what stands behind the page */
export function scene<Stage extends { close(): Promise<unknown> }>(
  page: string,
  open: (window: Page) => Promise<Stage>,
  states: readonly State<Stage>[],
): Scene {
  return {
    page,
    states: states.map(([name, sizes]) => ({ name, sizes })),
    async play(window, last, reached) {
      const stage = await open(window)
      try {
        for (const [name, , reach] of states) {
          await reached(name, reach(stage))
          if (name === last) break
        }
      } finally {
        await stage.close()
      }
    },
  }
}

/** The pictures of a scene that have all these words in their names, `steps/06-typing/14-messages/phone`. */
export function picturesOf({ page, states }: Scene, words: readonly string[]) {
  return states.flatMap(({ name, sizes }) =>
    sizes
      .map((size) => ({ state: name, size, file: `${page}/${name.replaceAll(/\W+/g, '-')}/${size}.png` }))
      .filter(({ file }) => words.every((word) => file.includes(word))),
  )
}

/**
 * Takes the pictures of a scene, and a sheet with all of them, as HTML where each leads to the large one and as PNG.
 *
 * @param words as {@link picturesOf} takes them
 * @param folder where they are written, absolute
 * @returns which states could not be reached, and why
 */
export async function takePictures(
  browser: Browser,
  pictured: Scene,
  words: readonly string[],
  folder: string,
): Promise<string[]> {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: hd })
  const window = await context.newPage()
  const devtools = await context.newCDPSession(window)
  const pictures = picturesOf(pictured, words)
  const troubles: string[] = []
  // Playwright's own screenshot takes twice as long, most of it to make the file smaller.
  const take = async (file: string) => {
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true })
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), data, 'base64')
  }
  const played = pictured.play(window, pictures.at(-1)?.state, async (state, arrival) => {
    await arrival.catch((error) => troubles.push(`${pictured.page}, ${state}: ${reasonOf(error)}`))
    for (const { size, file } of pictures.filter((picture) => picture.state === state)) {
      await window.setViewportSize(windows[size])
      await window.emulateMedia({ colorScheme: size === 'dark' ? 'dark' : 'light' })
      const view = window.getByRole('button', { name: new RegExp(`^${size}$`, 'i') })
      if (size === 'lesson' || size === 'chat' || size === 'wire') await view.click()
      await take(file)
    }
    await window.setViewportSize(hd)
  })
  await played.catch((error) => troubles.push(`${pictured.page}: ${reasonOf(error)}`))
  const sheet = `${pictured.page.replaceAll('/', '-')}.html`
  await writeFile(join(folder, sheet), sheetOf(pictured, pictures))
  await window.setViewportSize({ width: 1_900, height: 100 })
  await window.goto(pathToFileURL(join(folder, sheet)).href)
  const height = await window.evaluate(() => document.documentElement.offsetHeight)
  await window.setViewportSize({ width: 1_900, height })
  await take(sheet.replace('.html', '.png'))
  await context.close()
  return troubles
}

function sheetOf({ page, states }: Scene, pictures: ReturnType<typeof picturesOf>): string {
  const rows = states.map(({ name }) => {
    const links = pictures
      .filter(({ state }) => state === name)
      .map(({ file }) => `<a href="${file}"><img src="${file}" alt=""></a>`)
    return links.length > 0 ? `<section><h2>${name}</h2>${links.join('\n')}</section>` : ''
  })
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 8px; background: #777; color: #fff; font: 13px system-ui, sans-serif }
section { display: inline-block; margin-right: 24px } img { height: 250px; margin-right: 8px; background: #fff }
</style><h1>${page}</h1>${rows.join('\n')}`
}

/** What Playwright says, and what it waited for, without the rest of its log. */
function reasonOf(error: unknown): string {
  const lines = stripVTControlCharacters(String(error)).split('\n')
  return [lines[0], lines.find((line) => line.includes('waiting for'))].join(' ').trim()
}
