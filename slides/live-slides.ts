import { type Classroom, openClassroom } from '#shared/classroom/server/open-classroom'
import { startBehindWire, type WiredProgram } from '#shared/classroom/server/wired-program'
import type { Step } from '#shared/course/course'
import type { LiveState } from '#shared/run/keep-running'
import { Advice } from '#shared/terminal/advice'

/** Where a live slide finds its program. */
export interface LiveSlide {
  /** goes up each time a slide takes the program, in whichever window, and when the slides are started again */
  readonly showing: number
  /** the chat, `http://localhost:49152` */
  readonly chat: string
  /** the page that shows what crosses the wire */
  readonly wire: string
}

/** How the program stands. */
export interface LiveNews {
  /** whose it is: the number of the slide that took it last */
  readonly showing: number
  /** what is wrong with it, for those who look at the slide; undefined while it runs */
  readonly problem?: string
}

/** The one program that runs behind the live slides. */
export interface LiveSlideServer {
  /**
   * Runs a finished step from its start, behind a wire without rows or faults, in place of what ran before, and waits until
   * it answers. A program that dies later is started again behind the same wire.
   *
   * @param isWanted asked when its turn comes: pages are turned faster than programs start
   * @throws Advice when it does not start, or nobody waits for it any more
   */
  run(step: Step, isWanted?: () => boolean): Promise<LiveSlide>
  /** @param listener called at once, and with each change; @returns a function that ends the listening */
  on(listener: (news: LiveNews) => void): () => void
  close(): Promise<void>
}

interface Stage {
  program: WiredProgram
  classroom: Classroom
}

const maxRestarts = 3 // of one showing: a step that dies at once is broken, and says why
const ended = 'The program has ended. It is started again…'

/**
 * Nothing is started before the first live slide is shown.
 *
 * @param framedBy the addresses of the slides, `http://localhost:3200`
 */
export function openLiveSlideServer(framedBy: () => readonly string[]): LiveSlideServer {
  const listeners = new Set<(news: LiveNews) => void>()
  let stage: Stage | undefined
  let news: LiveNews = { showing: Date.now() }
  let previous: Promise<unknown> = Promise.resolve()

  function tell(next: LiveNews): void {
    news = next
    for (const listener of listeners) listener(next)
  }

  async function clear(): Promise<void> {
    const last = stage
    stage = undefined
    await last?.classroom.close()
    await last?.program.close()
  }

  async function run(step: Step): Promise<LiveSlide> {
    await clear()
    const showing = news.showing + 1
    tell({ showing })
    const command = 'npm run slides'
    const program = await startBehindWire({ dir: step.dir, step, port: 0, command })
    const classroom = await openClassroom({
      wire: program.wire,
      program,
      command,
      port: 0,
      framedBy: framedBy(),
    })
    stage = { program, classroom }
    await running(program)
    keepAlive(stage, showing)
    return { showing, chat: program.url, wire: `${classroom.url}/wire` }
  }

  /** Starts a program again that has ended by itself: in front of a room there is nobody to mend it. */
  function keepAlive(mine: Stage, showing: number): void {
    const { program } = mine
    let left = maxRestarts
    let hasRun = true
    program.on('state', (state) => {
      if (stage !== mine || state.is === 'starting') return
      const problem = problemIn(state)
      // What has not run since its last start needs an edit, and starts with it.
      const restarts = problem !== undefined && hasRun && left > 0
      hasRun = !problem
      tell({ showing, problem: problem && (restarts ? ended : `${problem.message}\n${problem.next}`) })
      if (!restarts) return
      left -= 1
      program.startAgain()
    })
    program.failed.catch((error: unknown) => tell({ showing, problem: String(error) }))
  }

  return {
    run(step, isWanted = () => true) {
      const started = previous.then(() => {
        if (isWanted()) return run(step)
        throw new Advice('Nobody waits for this slide any more.', 'Show it again.')
      })
      previous = started.catch(() => {}) // Whoever asked for it hears of it; the next one is not kept waiting.
      return started
    },
    on(listener) {
      listeners.add(listener)
      listener(news)
      return () => void listeners.delete(listener)
    },
    async close() {
      await previous
      await clear()
    },
  }
}

/** Waits until the program runs. @throws Advice when it does not start */
async function running(program: WiredProgram): Promise<void> {
  const settled = (state: LiveState) => state.is !== 'starting'
  const state = settled(program.state)
    ? program.state
    : await new Promise<LiveState>((resolve) => {
        program.on('state', (now) => settled(now) && resolve(now))
      })
  const problem = problemIn(state)
  if (problem) throw problem
}

function problemIn(state: LiveState): Advice | undefined {
  if (state.is === 'down')
    return new Advice(`${state.what}: ${state.error}`, 'Fix it, then load this page again.')
  if (state.is === 'refused')
    return new Advice(state.words.join(' '), 'To check this machine:  npm run doctor')
  return undefined
}
