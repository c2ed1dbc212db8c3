import { once } from 'node:events'
import { unwatchFile, watchFile } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { firstOfParts, firstWithSession, root, type Step, steps, workDir } from '../../course/course.ts'
import { markOpen, readProgress } from '../../course/progress.ts'
import { taskNames } from '../../course/tasks.ts'
import { namedWorkStep } from '../../course/work-folder.ts'
import { invitation, invitationFile } from '../../share/open-share.ts'
import { Advice } from '../../terminal/advice.ts'
import type { RoomLink } from '../../room/room-link.ts'
import type { Wire } from '../../wire/open-wire.ts'
import type { CommandOutput, Course, Status } from '../protocol.ts'
import { lessonActions, networkActions, roomActions, serverActions } from './actions.ts'
import { openCommandRunner } from './command-runner.ts'
import { openEventStream } from './event-stream.ts'
import { classroomPort, listenNear } from './listen-near.ts'
import { classroomApp } from './routes.ts'
import type { WatchedServers } from './watch-servers.ts'
import { placeOf, type WiredProgram } from './wired-program.ts'
import { qrAsSvg } from '../../share/qr.ts'

interface ClassroomOptions {
  wire: Wire
  /** what was typed, `npm run step 6` */
  command: string
  /** the running program; left out when the wire stands in front of another address */
  program?: WiredProgram
  /** what stands behind the wire when no program does */
  place?: string
  /** several servers behind the wire, which can be killed: the first page shows them, with two windows and the wire */
  servers?: WatchedServers
  /** lessons, checks and progress; without it the page shows the wire alone */
  withCourse?: boolean
  /** the instructor's room, which may be joined */
  room?: RoomLink
  /** the newest result of the bench as a page, where the lessons lead to */
  benchReport?: () => Promise<string>
  /** default: the first free one from 3100 on */
  port?: number
  /** the pages that may show it in a frame, `http://localhost:3200`; default none */
  framedBy?: readonly string[]
}

export interface Classroom {
  /** `http://localhost:3100` */
  readonly url: string
  close(): Promise<void>
}

/**
 * Serves the wire's page, and with a course the whole classroom, on 127.0.0.1 alone.
 *
 * @throws Advice when the port that was asked for is taken or not allowed
 */
export async function openClassroom(options: ClassroomOptions): Promise<Classroom> {
  const { wire, command, program, place = wire.url, servers, withCourse = false, benchReport } = options
  let cutUntil = 0
  const presentStatus = statusReader({
    wire,
    command,
    program,
    place,
    servers,
    withCourse,
    room: options.room,
    cutUntil: () => cutUntil,
    busy: () => runner.busy,
  })
  const stream = openEventStream(wire, presentStatus)
  const runner = openCommandRunner(tellOutput, () => {
    if (runner.busy) stream.tell('commandOutput', { command: runner.busy })
    tellStatus()
  })
  const onCut = (until: number) => (cutUntil = until)

  function tellStatus(): void {
    presentStatus().then((status) => stream.tell('status', status), console.error)
  }

  function tellOutput(output: CommandOutput): void {
    stream.tell('commandOutput', output)
    if (output.command === 'npm run next' && output.exitCode === 0) {
      namedWorkStep().then((work) => work && markOpenAndTell(work), console.error)
    }
  }

  async function markOpenAndTell(step: Step): Promise<void> {
    await markOpen(step)
    tellStatus()
  }

  // What is typed in a terminal changes these too. Looking once a second works on every file system.
  const watched = [invitationFile]
  if (withCourse) watched.push(join(root, '.workshop.json'), join(root, 'work', '.step'))
  for (const file of watched) watchFile(file, { interval: 1_000 }, tellStatus)
  options.room?.on(tellStatus)
  program?.on('state', tellStatus)
  servers?.on(tellStatus)
  program?.on('line', (line, from) => stream.tell('programLine', { line, stream: from }))

  const withLessons = program !== undefined && withCourse
  const app = classroomApp({
    wire,
    stream,
    withWindows: withCourse || servers !== undefined,
    withLessons,
    benchReport,
    framedBy: options.framedBy,
    actions: {
      ...networkActions({ wire, onCut, onChange: tellStatus }),
      ...(servers && serverActions(servers)),
      ...(options.room && roomActions(options.room)),
      ...(withLessons && lessonActions({ program, runner, stream, openLesson: markOpenAndTell })),
    },
  })
  const server = createServer(app)
  const port = await listenNear(server, classroomPort, options.port).catch((error: Error) => {
    if (options.port === undefined) throw error
    throw new Advice(
      `The classroom cannot listen on port ${options.port}: ${error.message}.`,
      `Use another one:  ${command} -- --classroom-port ${options.port + 1}`,
    )
  })
  return {
    url: `http://localhost:${port}`,
    async close() {
      for (const file of watched) unwatchFile(file, tellStatus)
      stream.close()
      await runner.stop()
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** Whose status it is. */
interface StatusSource extends ClassroomOptions {
  place: string
  withCourse: boolean
  /** ms since 1970; 0 when the wire was never cut */
  cutUntil: () => number
  /** the command that is at work, `npm run check 4` */
  busy: () => string | undefined
}

/** @returns a function that reads the status; it reads one at a time, so that the last to arrive is the newest */
function statusReader(source: StatusSource): () => Promise<Status> {
  const born = Date.now()
  let turn: Promise<unknown> = Promise.resolve()
  return () => {
    const mine = turn.then(() => readStatus(born, source))
    turn = mine.catch(() => {}) // Whoever asked for it hears of it.
    return mine
  }
}

async function readStatus(born: number, source: StatusSource): Promise<Status> {
  const { wire, command, program, place, servers, withCourse, room, cutUntil, busy } = source
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
    room: room?.seat,
    servers: servers?.states,
    course,
  }
}

async function readCourse({ folder }: WiredProgram, busy: string | undefined): Promise<Course> {
  const [{ passed, open }, work] = await Promise.all([readProgress(), namedWorkStep()])
  const running =
    folder.dir === workDir && work
      ? { step: work.number, own: true }
      : { step: folder.step.number, own: false }
  const lesson = steps.find(({ number }) => number === open) ?? folder.step
  return {
    steps: steps.map(({ number, name, title, does, minutes }) => ({
      number,
      name,
      title,
      does,
      minutes,
      passed: passed[number] !== undefined,
    })),
    open: lesson.number,
    running,
    withAccounts: running.step >= firstWithSession,
    work: work?.number,
    busy,
    tasks: taskNames(lesson),
    firstOfParts,
  }
}
