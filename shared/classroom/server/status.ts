import { firstWithAccounts, steps, workDir } from '../../course/course.ts'
import { readProgress } from '../../course/progress.ts'
import { workStep } from '../../course/work-folder.ts'
import { invitation } from '../../share/open-share.ts'
import { qrAsSvg } from '../../share/qr.ts'
import type { Wire } from '../../wire/open-wire.ts'
import type { Course, Status } from '../protocol.ts'
import { placeOf, type WiredProgram } from './wired-program.ts'

/** Whose status it is. */
export interface StatusSource {
  wire: Wire
  /** what was typed, `npm run step 6` */
  command: string
  /** the running program; left out when the wire stands in front of another address */
  program?: WiredProgram
  /** what stands behind the wire when no program does */
  place: string
  withCourse: boolean
  /** ms since 1970; 0 when the wire was never cut */
  cutUntil: () => number
  /** the command that is at work, `npm run check 4` */
  busy: () => string | undefined
}

/** @returns a function that reads the status; it reads one at a time, so that the last to arrive is the newest */
export function statusReader(source: StatusSource): () => Promise<Status> {
  const born = Date.now()
  let turn: Promise<unknown> = Promise.resolve()
  return () => {
    const mine = turn.then(() => readStatus(born, source))
    turn = mine.catch(() => {}) // Whoever asked for it hears of it.
    return mine
  }
}

async function readStatus(born: number, source: StatusSource): Promise<Status> {
  const { wire, command, program, place, withCourse, cutUntil, busy } = source
  const shared = await invitation()
  const course = program && withCourse ? await readCourse(program, busy()) : undefined
  return {
    born,
    url: wire.url,
    place: program ? placeOf(program.folder) : place,
    command,
    program: program?.state,
    runs: program?.runs ?? 0,
    starts: program?.starts ?? 0,
    faults: wire.faults,
    cutUntil: cutUntil() > Date.now() ? cutUntil() : 0,
    shared: shared && {
      url: shared.url,
      picture: `data:image/svg+xml,${encodeURIComponent(qrAsSvg(shared.url))}`,
    },
    course,
  }
}

async function readCourse({ folder }: WiredProgram, busy: string | undefined): Promise<Course> {
  const [{ passed, open }, work] = await Promise.all([readProgress(), workStep()])
  const running =
    folder.dir === workDir && work
      ? { step: work.step.number, own: true }
      : { step: folder.step.number, own: false }
  return {
    steps: steps.map(({ number, name, title, does, minutes }) => ({
      number,
      name,
      title,
      does,
      minutes,
      passed: passed[number] !== undefined,
    })),
    open: open ?? folder.step.number,
    running,
    withAccounts: running.step >= firstWithAccounts,
    work: work?.step.number,
    busy,
  }
}
