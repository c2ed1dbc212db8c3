import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, CDPSession, Page } from 'playwright-core'
import type { Scene, Size } from './scene.ts'

const atOnce = 3 // scenes: now and then each waits for a program
const onSheet = 30 // pictures: five rows or six, of all sizes of a state each
const sheetWidth = 1_900
const style = `body { display: flow-root; margin: 0; background: #777; color: #fff; font: 13px system-ui, sans-serif }
h1 { margin: 8px; font-size: 18px } figure { float: left; width: min-content; margin: 0 0 8px 8px }
figure.first { clear: left } img { display: block; height: 250px; background: #fff }`

interface Picture {
  readonly state: string
  readonly size: Size
  /** relative to the folder of all, with slashes */
  readonly file: string
}

/** What has become of a scene. */
export interface Outcome {
  readonly page: string
  readonly taken: number
  /** the contact sheets, relative to the folder */
  readonly sheets: readonly string[]
  /** which states could not be reached, and why */
  readonly troubles: readonly string[]
}

/** The pictures of a scene that have all these words in their names, `steps/06-typing/14-messages/phone`. */
export function picturesOf({ page, states, sizes }: Scene, words: readonly string[]): Picture[] {
  return states
    .flatMap((state) =>
      sizes.map((size) => ({
        state,
        size,
        file: `${page}/${state.replaceAll(/\W+/g, '-')}/${size.name}.png`,
      })),
    )
    .filter(({ file }) => words.every((word) => file.includes(word)))
}

/**
 * Takes the pictures of some scenes, several scenes at a time.
 *
 * @param words as {@link picturesOf} takes them
 * @param folder where they are written, absolute
 */
export async function takePictures(
  browser: Browser,
  scenes: readonly Scene[],
  words: readonly string[],
  folder: string,
  whenDone: (outcome: Outcome) => void,
): Promise<void> {
  const waiting = scenes.filter((scene) => picturesOf(scene, words).length > 0)
  const work = async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    const window = await context.newPage()
    const camera = new Camera(window, await context.newCDPSession(window), folder)
    for (let scene = waiting.shift(); scene; scene = waiting.shift()) {
      await context.clearCookies()
      whenDone(await camera.takeAll(scene, picturesOf(scene, words)))
    }
    await context.close()
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, waiting.length) }, work))
}

class Camera {
  constructor(
    readonly window: Page,
    readonly devtools: CDPSession,
    readonly folder: string,
  ) {}

  async takeAll(scene: Scene, pictures: readonly Picture[]): Promise<Outcome> {
    const [usual] = scene.sizes
    const troubles: string[] = []
    if (usual) await this.window.setViewportSize(usual)
    const played = scene.play(this.window, pictures.at(-1)?.state ?? '', async (state, error) => {
      if (error) troubles.push(`${scene.page}, ${state}: ${error}`)
      for (const { size, file } of pictures.filter((picture) => picture.state === state)) {
        await this.window.setViewportSize(size)
        await this.window.emulateMedia({ colorScheme: size.dark ? 'dark' : 'light' })
        if (size.view) await this.window.getByRole('button', { name: size.view, exact: true }).click()
        await this.take(file)
      }
      if (usual) await this.window.setViewportSize(usual)
    })
    await played.catch((error: unknown) => troubles.push(`${scene.page}: ${String(error)}`))
    return {
      page: scene.page,
      taken: pictures.length,
      sheets: await this.takeSheets(scene.page, pictures),
      troubles,
    }
  }

  /** Puts small pictures side by side, in HTML where each leads to the large one, and as PNG. */
  async takeSheets(page: string, pictures: readonly Picture[]): Promise<string[]> {
    const sheets: string[] = []
    for (let first = 0; first < pictures.length; first += onSheet) {
      const name = `${page.replaceAll('/', '-')}-${sheets.length + 1}`
      const figures = pictures
        .slice(first, first + onSheet)
        .map(figure)
        .join('\n')
      const file = join(this.folder, `${name}.html`)
      await writeFile(
        file,
        `<!doctype html><meta charset="utf-8"><style>${style}</style>\n<h1>${page}</h1>\n${figures}`,
      )
      await this.window.setViewportSize({ width: sheetWidth, height: 100 })
      await this.window.goto(pathToFileURL(file).href)
      const height = await this.window.evaluate(() => document.body.offsetHeight)
      await this.window.setViewportSize({ width: sheetWidth, height })
      await this.take(`${name}.png`)
      sheets.push(`${name}.png`)
    }
    return sheets
  }

  /** Playwright's own screenshot takes twice as long, most of it to make the file smaller. */
  async take(file: string): Promise<void> {
    const { data } = await this.devtools.send('Page.captureScreenshot', {
      format: 'png',
      optimizeForSpeed: true,
    })
    await mkdir(dirname(join(this.folder, file)), { recursive: true })
    await writeFile(join(this.folder, file), data, 'base64')
  }
}

/** A picture on a sheet; where a state has many, its first one begins a row. */
function figure({ state, size, file }: Picture, index: number, all: readonly Picture[]): string {
  const isFirst = all[index - 1]?.state !== state && all[index + 2]?.state === state
  return `<figure${isFirst ? ' class="first"' : ''}><a href="${file}"><img src="${file}" alt=""></a><figcaption>${state} · ${size.name}</figcaption></figure>`
}
