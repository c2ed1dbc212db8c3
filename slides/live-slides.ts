import { Advice } from '#shared/terminal/advice'
import { openRoom, type Room } from '#shared/classroom/server/live-program'
import { type Classroom, openClassroom } from '#shared/classroom/server/open-classroom'
import type { Step } from '#shared/course/course'
import type { LiveState } from '#shared/run/keep-running'

/** Where the program of a live slide is to be had. */
export interface OnStage {
  /** the chat, `http://localhost:49152`; the same for all steps */
  readonly chat: string
  /** the page that shows what crosses the wire */
  readonly wire: string
}

/** The one program that runs behind the live slides. */
export interface Stage {
  /**
   * Runs a finished step, in place of the one before, and waits until it answers.
   *
   * @throws Advice when it does not start
   */
  run(step: Step): Promise<OnStage>
  close(): Promise<void>
}

/** Nothing is started before the first live slide is shown. */
export function openStage(): Stage {
  let opened: Promise<{ room: Room; classroom: Classroom }> | undefined
  let turn: Promise<unknown> = Promise.resolve()

  async function open(step: Step) {
    const room = await openRoom({ dir: step.dir, step, port: 0, command: 'npm run slides' })
    const classroom = await openClassroom({ wire: room.wire, room, command: 'npm run slides', port: 0 })
    return { room, classroom }
  }

  async function run(step: Step): Promise<OnStage> {
    opened ??= open(step)
    const { room, classroom } = await opened
    if (room.folder.step !== step) await room.run({ dir: step.dir, step })
    await running(room)
    return { chat: room.url, wire: `${classroom.url}/wire` }
  }

  return {
    run(step) {
      const mine = turn.then(() => run(step))
      turn = mine.catch(() => {}) // Whoever asked for it hears of it; the next one is not kept waiting.
      return mine
    },
    async close() {
      await turn
      if (!opened) return
      const { room, classroom } = await opened
      await classroom.close()
      await room.close()
    },
  }
}

/** Waits until the program of a room runs. */
async function running(room: Room): Promise<void> {
  const settled = (state: LiveState) => state.is !== 'starting'
  const state = settled(room.state)
    ? room.state
    : await new Promise<LiveState>((resolve) => {
        room.on('state', (now) => settled(now) && resolve(now))
      })
  if (state.is === 'down')
    throw new Advice(`${state.what}: ${state.error}`, 'Load this page again once it is mended.')
  if (state.is === 'refused')
    throw new Advice(state.words.join(' '), 'To check this machine:  npm run doctor')
}
