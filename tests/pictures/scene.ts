import { stripVTControlCharacters } from 'node:util'
import type { Page } from 'playwright-core'

/** What a window is like. */
export interface Size {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly dark?: boolean
  /** which of the classroom's views a phone shows */
  readonly view?: string
}

/** A state's name, and how to reach it from the one before. */
export type State<Stage> = readonly [name: string, reach: (stage: Stage) => Promise<unknown>]

/** A page in one state after the other. */
export interface Scene {
  /** `steps/06-typing` */
  readonly page: string
  readonly states: readonly string[]
  readonly sizes: readonly Size[]
  /**
   * Goes through the states up to `last`.
   *
   * @param window without cookies
   * @param reached called in each state; with the error, when it could not be reached
   */
  play(
    window: Page,
    last: string,
    reached: (state: string, error: string | undefined) => Promise<void>,
  ): Promise<void>
}

/** @param open starts what stands behind the page */
export function scene<Stage extends { close(): Promise<unknown> }>(
  page: string,
  sizes: readonly Size[],
  open: (window: Page) => Promise<Stage>,
  states: readonly State<Stage>[],
): Scene {
  return {
    page,
    states: states.map(([name]) => name),
    sizes,
    async play(window, last, reached) {
      const stage = await open(window)
      try {
        for (const [name, reach] of states) {
          await reached(name, await reach(stage).then(() => undefined, reasonOf))
          if (name === last) break
        }
      } finally {
        await stage.close()
      }
    },
  }
}

/** What Playwright says, and what it waited for, without the rest of its log. */
function reasonOf(error: unknown): string {
  const lines = stripVTControlCharacters(String(error)).split('\n')
  return [lines[0], lines.find((line) => line.includes('waiting for'))].join(' ').trim()
}
