import { setTimeout } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, inject, test as base, type TestContext } from 'vitest'
import { firstError } from '../run/run.ts'
import type { FreshProgram } from '../run/run-fresh.ts'
import { register } from './account.ts'
import type { OneServer } from './several-servers.ts'
import { CheckedTarget } from './checked-target.ts'
import { filesIn } from './files-in.ts'
import { noBrowser } from './no-browser.ts'
import { Guest, type GuestOptions, type TurnedAway } from './guest.ts'
import { sharedBrowser } from './shared-browser.ts'
import { waitForStart } from './start-signal.ts'
import { Transcript } from './transcript.ts'
import { Visitor } from './visitor.ts'
import { PageGuest } from './page-guest.ts'

/** The program under check and all that happens around it during one task. */
interface Stage {
  url: string
  transcript: Transcript
  /** undefined when it runs somewhere else */
  program?: FreshProgram
  /** the program's folder; undefined when it runs somewhere else */
  dir?: string
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
  /** Guests with an account of their own, named like them, by the form of step 9. Another tab: `guestsWith` and `ann.cookie`. */
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
  /** Does some work while another program writes into the databases of this one; another's are not ours to lock. */
  locked: (work: () => Promise<void>) => Promise<void>
  /** Kills the program without a warning, and starts it again at the same address. A program of another's is not ours to kill. */
  restart: () => Promise<void>
  /** Starts the program so many times, with a Postgres and a Redis that they share. Where these are missing, the task is skipped. */
  servers: (count: number) => Promise<OneServer[]>
}

/** What this file is run against: one program, or in the course gate many. */
const checked = inject('checked')
const isAlone = checked.length === 1
/** A learner waits for their own program alone; the gate runs many at once, and tells each check to be patient. */
const startMs = inject('patienceMs') === undefined ? 15_000 : 45_000
const targets = checked.map((one) => new CheckedTarget(one, { startMs, isAlone }))

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
/** Two tasks at a time, each with two people, as most have. */
const windowsAhead = 4

// A check that is prepared waits here until somebody wants its verdict. By then all that it needs has been started.
const signalName = inject('startSignal')
if (signalName !== undefined) beforeAll(() => prepare(signalName), 0)

async function prepare(name: string): Promise<void> {
  const renew = () => Promise.all(targets.map((target) => target.renew()))
  const startAhead = () => targets.forEach((target) => void target.startAhead())
  const { started, ready } = waitForStart(name, () => void renew().then(startAhead))
  const starting = renew()
  const browser = await sharedBrowser()
  if (browser) {
    const opening = Array.from({ length: windowsAhead }, () => PageGuest.newWindow(browser))
    emptyWindows.push(...(await Promise.all(opening)))
  }
  await starting
  ready()
  startAhead()
  await started
  await renew()
}

const endOfFile = new Set<() => Promise<unknown>>()
afterAll(() =>
  Promise.all([...targets.map((target) => target.close()), ...[...endOfFile].map((end) => end())]),
)

/** Each task gets a fresh program. A program given by its address is left as it is. */
const declare = base.extend<Fixtures>({
  browser: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const browser = await sharedBrowser()
      await use(browser)
      await browser?.close()
    },
    { scope: 'worker' },
  ],

  stage: async ({ task, skip }, use) => {
    const target = targets[task.meta.target ?? 0]!
    const done = await target.takeTurn()
    try {
      if (target.failed && target.stopAtFirst) return skip('an earlier task comes first')
      const { dir, url } = target
      const transcript = new Transcript()
      task.meta.transcript = transcript.lines
      if (url || !dir) return await use({ url: url ?? '', transcript })

      const { program, lines } = await target.nextProgram(dir)
      for (const line of program.output) transcript.server(line)
      lines.on('line', (line) => transcript.server(line))
      await use({ url: program.url, transcript, program, dir })
      transcript.end()
      if (task.result?.state === 'fail') await outlives(program)
      if (!program.running) task.meta.crash = firstError(program.output) ?? 'it ended without a word'
      target.dismiss(program)
    } finally {
      if (task.result?.state === 'fail') target.failed = true
      done()
    }
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
    await use(async () => [...(await filesIn(program.dataDir)).values()].join('\n'))
  },

  locked: async ({ stage, skip }, use) => {
    const { program, transcript } = stage
    if (!program) return skip('it would have to write into its database')
    await use(async (work) => {
      const { lockDatabases } = await import('./lock-databases.ts') // not at the top: SQLite may not load here, and few tasks need it
      transcript.note('another program', 'writes into the database, and takes its time')
      const release = await lockDatabases(program.dataDir)
      await work().finally(release)
      transcript.note('another program', 'has written')
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

  servers: async ({ stage, skip }, use) => {
    const { dir, transcript } = stage
    if (!dir) return skip('it would have to start the program several times')
    // Not at the top: few tasks need it.
    const { SeveralServers, stopServices } = await import('./several-servers.ts')
    endOfFile.add(stopServices)
    const several = await SeveralServers.open(dir, transcript)
    if (typeof several === 'string') return skip(several)
    await use((count) => several.start(count, startMs))
    transcript.end()
    await several.close()
  },
})

let position = 0 // of the task that was declared last

/**
 * A task of the check, in a sentence about the chat. It is told `{ guests, windows, … }` as it asks for them.
 *
 * @example test('everyone else hears a message', async ({ guests }) => {
 *   const { ann, ben } = await guests('ann', 'ben')
 *   ann.emit('new message', 'hello')
 *   await ben.hears('new message', { username: 'ann', message: 'hello' }, 'server.ts: whom does io.emit() reach?')
 * })
 */
export function test(name: string, body: (fixtures: Fixtures & TestContext) => Promise<void>): void {
  position += 1
  for (const [index, target] of targets.entries()) {
    if (!target.expects(name)) continue
    declare(
      isAlone ? name : `${name} (${index})`,
      { concurrent: true, meta: { target: index, position, task: name } },
      body,
    )
  }
}

/** Object.fromEntries forgets which keys it was given. */
function byName<Name extends string, Value>(entries: [Name, Value][]) {
  return Object.fromEntries(entries) as Record<Name, Value>
}
