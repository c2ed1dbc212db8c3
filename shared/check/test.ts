import { EventEmitter } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, inject, test as base } from 'vitest'
import { firstError } from '../run/run.ts'
import { runFresh, type FreshProgram } from '../run/run-fresh.ts'
import { register } from './account.ts'
import { noBrowser } from './no-browser.ts'
import { Guest, type GuestOptions, type TurnedAway } from './guest.ts'
import { sharedBrowser } from './shared-browser.ts'
import type { Target } from './target.ts'
import { Transcript } from './transcript.ts'
import { Visitor } from './visitor.ts'
import { PageGuest } from './page-guest.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    target: Target
    /** after the first task that fails, skip the others */
    stopAtFirst?: boolean
    /** the names of the tasks to run; undefined for all */
    only?: string[]
  }
  export interface TaskMeta {
    /** what happened, line by line */
    transcript?: string[]
    /** the first line of the error that the program died of */
    crash?: string
  }
}

/** The program under check and all that happens around it during one task. */
interface Stage {
  url: string
  transcript: Transcript
  /** undefined when it runs somewhere else */
  program?: FreshProgram
}

/** Connects guests by name, with a namespace or transports of their own. */
export type GuestsWith = <Name extends string>(
  options: GuestOptions,
  ...names: Name[]
) => Promise<Record<Name, Guest>>

interface Fixtures {
  browser: Browser | undefined
  stage: Stage
  /** Connects guests by name: `const { ann, ben } = await guests('ann', 'ben')`. */
  guests: <Name extends string>(...names: Name[]) => Promise<Record<Name, Guest>>
  guestsWith: GuestsWith
  /** Guests with an account of their own, named like them, by the form of step 8. Another tab: `guestsWith` and `ann.cookie`. */
  people: <Name extends string>(...names: Name[]) => Promise<Record<Name, Guest>>
  /** Tries to connect, and says what came of it: undefined for somebody who was let in. */
  knock: (name: string, options?: GuestOptions) => Promise<TurnedAway | undefined>
  /** Somebody who asks over plain HTTP. */
  visitor: (name: string) => Visitor
  /** Opens the page in a window of its own for each name: cookies are not shared. */
  windows: <Name extends string>(...names: Name[]) => Promise<Record<Name, PageGuest>>
  /** The lines that the learner's server has printed. */
  output: () => readonly string[]
  /** All that the program keeps on disk, as one text; another's is not ours to read. */
  kept: () => Promise<string>
  /** Kills the program without a warning, and starts it again at the same address. A program of another's is not ours to kill. */
  restart: () => Promise<void>
}

let failed = false // one per file of checks
let started = 0
const spares: Promise<{ program: FreshProgram; lines: EventEmitter<{ line: [string] }> }>[] = []

/** A fresh program. While a task is at work with it, those of the next two are starting already. */
function nextProgram(dir: string, howManyInAll: number) {
  while (spares.length <= 2 && started < howManyInAll) spares.push(start(dir))
  return spares.shift() ?? start(dir)
}

/** A learner waits for their own program alone; the gate runs many at once, and tells each check to be patient. */
const startMs = inject('patienceMs') === undefined ? 15_000 : 45_000

function start(dir: string) {
  started += 1
  const lines = new EventEmitter<{ line: [string] }>()
  const onLine = (line: string) => lines.emit('line', line)
  const starting = runFresh(dir, { compiled: true, onLine, patienceMs: startMs }).then((program) => ({
    program,
    lines,
  }))
  starting.catch(() => {}) // The task that gets it awaits it too, and says what is wrong.
  return starting
}

const dyingMs = 2_000

/** A guest who loses the connection knows of it before we know that the program has died. */
async function outlives({ url, ended }: FreshProgram): Promise<void> {
  const signal = AbortSignal.timeout(dyingMs)
  const isThere = await fetch(url, { signal, method: 'HEAD' }).then(
    () => true,
    () => false,
  )
  if (!isThere) await Promise.race([ended, setTimeout(dyingMs, undefined, { ref: false })])
}

/** Windows that guests of earlier tasks have left: to load a page there costs a third of opening another. */
const emptyWindows: Page[] = []

// What a task has left behind goes while the next one is at work.
const farewells: Promise<unknown>[] = []

afterAll(async () => {
  for (const spare of await Promise.allSettled(spares)) {
    if (spare.status === 'fulfilled') farewells.push(spare.value.program.stop())
  }
  await Promise.all(farewells)
})

/**
 * vitest's `test`, with a fresh program for each task. It is started when the task begins and stopped when it ends;
 * a program given by its address is left as it is.
 */
export const test = base.extend<Fixtures>({
  browser: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const browser = await sharedBrowser()
      await use(browser)
      await browser?.close()
    },
    { scope: 'worker' },
  ],

  stage: async ({ task, skip, onTestFailed }, use) => {
    if (failed && inject('stopAtFirst')) return skip('an earlier task comes first')
    if (inject('only')?.includes(task.name) === false) return skip('not asked for')
    onTestFailed(() => {
      failed = true
    })
    const { dir, url } = inject('target')
    const transcript = new Transcript()
    task.meta.transcript = transcript.lines
    if (url || !dir) return use({ url: url ?? '', transcript })

    const due = task.file.tasks.filter(({ name }) => inject('only')?.includes(name) ?? true)
    const { program, lines } = await nextProgram(dir, due.length)
    for (const line of program.output) transcript.server(line)
    lines.on('line', (line) => transcript.server(line))
    await use({ url: program.url, transcript, program })
    transcript.end()
    if (task.result?.state === 'fail') await outlives(program)
    if (!program.running) task.meta.crash = firstError(program.output) ?? 'it ended without a word'
    farewells.push(program.stop())
  },

  guestsWith: async ({ stage }, use) => {
    const everybody: Guest[] = []
    await use(async (options, ...names) => {
      const come: [(typeof names)[number], Guest][] = []
      // One after the other: who came first matters to a chat.
      for (const name of names) {
        const guest = await Guest.connect(name, stage.url, stage.transcript, everybody, options)
        everybody.push(guest)
        come.push([name, guest])
      }
      return byName(come)
    })
    stage.transcript.end()
    for (const guest of everybody) guest.socket.disconnect()
  },

  guests: async ({ guestsWith }, use) => use((...names) => guestsWith({}, ...names)),

  people: async ({ guestsWith, visitor }, use) =>
    use(async (...names) => {
      const come: [(typeof names)[number], Guest][] = []
      for (const name of names) {
        const account = visitor(name)
        await register(account)
        const guest = await guestsWith({ headers: { cookie: account.cookie } }, name)
        come.push([name, guest[name]])
      }
      return byName(come)
    }),

  knock: async ({ stage }, use) =>
    use((name, options) => Guest.knock(name, stage.url, stage.transcript, options)),

  visitor: async ({ stage }, use) => use((name) => new Visitor(name, stage.url, stage.transcript)),

  windows: async ({ stage, browser, skip }, use) => {
    if (!browser) return skip(noBrowser)
    const everybody: PageGuest[] = []
    await use(async (...names) => {
      const coming = names.map(async (name): Promise<[typeof name, PageGuest]> => {
        const page = emptyWindows.pop() ?? (await PageGuest.newWindow(browser))
        const guest = new PageGuest(name, page, stage.transcript)
        everybody.push(guest)
        await guest.open(stage.url)
        return [name, guest]
      })
      return byName(await Promise.all(coming))
    })
    stage.transcript.end()
    const left = await Promise.all(everybody.map((guest) => guest.handsBack()))
    emptyWindows.push(...left.filter((page) => page !== undefined))
  },

  output: async ({ stage }, use) => use(() => stage.program?.output ?? []),

  kept: async ({ stage, skip }, use) => {
    const { program } = stage
    if (!program) return skip('it would have to read its files')
    await use(async () => {
      const files = (await readdir(program.dataDir, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1'))
      return (await Promise.all(files)).join('\n')
    })
  },

  restart: async ({ stage, skip }, use) => {
    const { program, transcript } = stage
    if (!program) return skip('it would have to kill the program')
    await use(async () => {
      transcript.note('your server', 'is killed, and started again')
      await program.restart()
    })
  },
})

/** Object.fromEntries forgets which keys it was given. */
function byName<Name extends string, Value>(entries: [Name, Value][]) {
  return Object.fromEntries(entries) as Record<Name, Value>
}
