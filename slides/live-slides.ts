import { Advice } from '#shared/terminal/advice'
import { type Classroom, openClassroom } from '#shared/classroom/server/open-classroom'
import { startBehindWire, type WiredProgram } from '#shared/classroom/server/wired-program'
import type { Step } from '#shared/course/course'
import type { LiveState } from '#shared/run/keep-running'

/** Where a live slide finds its program. */
export interface LiveSlide {
  /** the chat, `http://localhost:49152`; the same for all steps */
  readonly chat: string
  /** the page that shows what crosses the wire */
  readonly wire: string
}

/** The one program that runs behind the live slides. */
export interface LiveSlideServer {
  /**
   * Runs a finished step, in place of the one before, and waits until it answers.
   *
   * @throws Advice when it does not start
   */
  run(step: Step): Promise<LiveSlide>
  close(): Promise<void>
}

/**
 * Nothing is started before the first live slide is shown.
 *
 * @param framedBy the addresses of the slides, `http://localhost:3200`
 */
export function openLiveSlideServer(framedBy: () => readonly string[]): LiveSlideServer {
  let opened: Promise<{ program: WiredProgram; classroom: Classroom }> | undefined
  let previous: Promise<unknown> = Promise.resolve()

  async function open(step: Step) {
    const program = await startBehindWire({ dir: step.dir, step, port: 0, command: 'npm run slides' })
    const classroom = await openClassroom({
      wire: program.wire,
      program,
      command: 'npm run slides',
      port: 0,
      framedBy: framedBy(),
    })
    return { program, classroom }
  }

  async function run(step: Step): Promise<LiveSlide> {
    opened ??= open(step)
    const { program, classroom } = await opened
    if (program.folder.step !== step) await program.run({ dir: step.dir, step })
    await running(program)
    return { chat: program.url, wire: `${classroom.url}/wire` }
  }

  return {
    run(step) {
      const started = previous.then(() => run(step))
      previous = started.catch(() => {}) // Whoever asked for it hears of it; the next one is not kept waiting.
      return started
    },
    async close() {
      await previous
      if (!opened) return
      const { program, classroom } = await opened
      await classroom.close()
      await program.close()
    },
  }
}

/** Waits until the program runs. */
async function running(program: WiredProgram): Promise<void> {
  const settled = (state: LiveState) => state.is !== 'starting'
  const state = settled(program.state)
    ? program.state
    : await new Promise<LiveState>((resolve) => {
        program.on('state', (now) => settled(now) && resolve(now))
      })
  if (state.is === 'down')
    throw new Advice(`${state.what}: ${state.error}`, 'Fix it, then load this page again.')
  if (state.is === 'refused')
    throw new Advice(state.words.join(' '), 'To check this machine:  npm run doctor')
}
