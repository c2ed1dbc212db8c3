import { before, findStep, workDir, type Step } from '../../course/course.ts'
import { describeEdited } from '../../course/intact.ts'
import { begin, describeReplaced, workStep } from '../../course/work-folder.ts'
import { Advice } from '../../terminal/advice.ts'
import type { RoomLink } from '../../room/room-link.ts'
import type { Wire } from '../../wire/open-wire.ts'
import type { Actions } from '../protocol.ts'
import type { CommandRunner } from './command-runner.ts'
import { openInEditor } from './open-in-editor.ts'
import type { EventStream } from './event-stream.ts'
import type { WatchedServers } from './watch-servers.ts'
import type { WiredProgram } from './wired-program.ts'

const maxCutSeconds = 60

/** What a page has sent: as yet, anything. */
export type UncheckedBody = Record<string, unknown>

/** What a click can ask for. Each throws Advice when the body makes no sense, or it cannot be done now. */
export type ActionHandlers = { [Name in keyof Actions]?: (body: UncheckedBody) => unknown }

/** Makes the network worse, and better again. */
export function networkActions({
  wire,
  onCut,
  onChange,
}: {
  wire: Wire
  /** until when guests are refused, ms since 1970 */
  onCut: (until: number) => void
  onChange: () => void
}) {
  return {
    faults({ delayMs, bytesPerSecond, refuseWebSocket }) {
      wire.setFaults({
        delayMs: Number(delayMs),
        bytesPerSecond: Number(bytesPerSecond),
        refuseWebSocket: refuseWebSocket === true,
      })
      onChange()
    },
    cut(body) {
      const seconds = Number(body.seconds)
      if (seconds > maxCutSeconds) {
        throw new Advice(`${seconds} s is longer than anybody waits.`, `Take ${maxCutSeconds} at most.`)
      }
      const over = wire.cut(seconds)
      onCut(Date.now() + seconds * 1_000)
      onChange()
      void over.then(onChange)
    },
  } satisfies ActionHandlers
}

/** What the commands do in a terminal: other lessons, other programs, and the commands themselves. */
export function lessonActions({
  program,
  runner,
  stream,
  openLesson,
}: {
  program: WiredProgram
  runner: CommandRunner
  stream: Pick<EventStream, 'tell'>
  openLesson: (step: Step) => Promise<void>
}) {
  const inTurn = oneAtATime()
  return {
    open: (body) => inTurn(() => openLesson(stepOf(body))),
    async run(body) {
      const step = stepOf(body)
      if (body.own !== true) return program.run({ dir: step.dir, step })
      const work = await workStep()
      if (!work) throw new Advice('There is no work/ yet.', `To begin:  npm run work ${step.number}`)
      return program.run({ dir: workDir, step: work })
    },
    async begin(body) {
      const step = stepOf(body)
      const command = `npm run work ${step.number}`
      const print = (line: string) => stream.tell('commandOutput', { command, line })
      await inTurn(async () => {
        const replaced = await begin(step)
        const { changed, given } = replaced
        for (const line of describeReplaced(replaced, command)) print(line)
        print(
          changed
            ? `work/ now holds the start of step ${step.number} · ${step.title}. Its lesson says what to change.`
            : `work/ already holds the start of step ${step.number}. Nothing was changed.`,
        )
        if (given.length > 0) print(`Given by the lesson: ${given.join(', ')}`)
        for (const line of describeEdited([before(step), step])) print(line)
        stream.tell('commandOutput', { command, exitCode: 0 })
        await openLesson(step)
      })
      await program.run({ dir: workDir, step })
    },
    check: (body) => start(runner, ['check', numberOf(body)], ['--each']),
    hint: (body) => start(runner, ['hint', numberOf(body)]),
    diff: (body) => start(runner, ['diff', numberOf(body)]),
    next: () => start(runner, ['next']),
    editor() {
      const place = program.state.is === 'down' ? program.state.place : undefined
      if (!place)
        throw new Advice('Nothing is broken just now.', 'The program runs, or it has not said where.')
      return openInEditor(place)
    },
  } satisfies ActionHandlers
}

/** Kills one of several servers, and starts it again. */
export function serverActions(servers: WatchedServers) {
  return {
    killServer: ({ server }) => servers.kill(Number(server)),
    startServer: ({ server }) => servers.start(Number(server)),
  } satisfies ActionHandlers
}

/** Joining the instructor's room, and what is said there. */
export function roomActions(link: RoomLink) {
  return {
    joinRoom: ({ address, code, name }) => link.join(String(address), String(code), String(name)),
    leaveRoom: () => link.leave(),
    helpMe: ({ wanted }) => link.wantHelp(wanted === true),
    answerRoom: ({ question, answer }) => link.vote(Number(question), Number(answer)),
    dismissNotes: ({ last }) => link.dismiss(Number(last)),
  } satisfies ActionHandlers
}

/** Two clicks that change the same files: the second waits until the first has done its work, or has failed. */
function oneAtATime() {
  let turn: Promise<unknown> = Promise.resolve()
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = turn.then(work)
    turn = mine.catch(() => {}) // Who asked for it hears of it.
    return mine
  }
}

function start(runner: CommandRunner, words: readonly string[], options?: readonly string[]): void {
  const { busy } = runner
  if (!runner.start(words, options)) {
    throw new Advice(`${busy} is still at work.`, 'Wait until it has ended.')
  }
}

function stepOf({ step }: UncheckedBody): Step {
  return findStep(String(step))
}

function numberOf(body: UncheckedBody): string {
  return String(stepOf(body).number)
}
