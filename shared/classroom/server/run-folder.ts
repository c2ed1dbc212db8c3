import { startCheckService } from '../../check/start-check-service.ts'
import { rejectable } from '../../run/keep-running.ts'
import { askedToStop, print, printEdit, printTrouble, runAtTerminal } from '../../run/run-at-terminal.ts'
import { workDir } from '../../course/course.ts'
import { openRoomLink } from '../../room/room-link.ts'
import type { Faults } from '../../wire/open-wire.ts'
import { hasOwnScreen, openBrowser } from '../../terminal/open-browser.ts'
import { say } from '../../terminal/wrap.ts'
import { placeOf, startBehindWire, type ProgramFolder, type WiredProgram } from './wired-program.ts'

export interface RunFolderOptions extends ProgramFolder {
  /** as typed, `npm run step 5` */
  command: string
  port: number
  faults?: Faults
  /** no wire in front: the program itself listens at the port */
  noWire?: boolean
  /** the whole classroom beside it, and not the wire's page alone: its address comes first */
  withCourse?: boolean
  /** the classroom's, and no other; default: the first free one from 3100 on */
  classroomPort?: number
  /** shows the classroom in a browser, where somebody sits before it */
  opensBrowser?: boolean
  /** the newest result of the bench as a page, for the classroom */
  benchReport?: () => Promise<string>
  /** opens it to others as well, as `npm run share` does */
  share?: boolean
  /** what to type next, printed below the rest */
  next?: string
}

const beforeCheckMs = 2_000 // the program and its page have the machine for themselves first

/**
 * Runs a finished step or `work/` behind a wire until Ctrl-C, with the lesson's place and the wire's page below its
 * address. The classroom, which shows all of them, is there before the program, and when that does not start.
 *
 * @returns the exit code
 * @throws Advice when the port is not to be had
 */
export async function runFolder(options: RunFolderOptions): Promise<number> {
  const { dir, step, command, port, faults, noWire = false, withCourse = false, benchReport, next } = options
  const lesson = `steps/${step.name}/README.md`
  const runs = `${placeOf({ dir, step })} is running: step ${step.number} · ${step.title}. Its lesson: ${lesson}`
  const greeting = (wire: string[]) => [
    runs,
    ...wire,
    'Each edit is live as soon as you save. Ctrl-C stops it.',
    ...(next ? [next] : []),
  ]
  if (noWire) return runAtTerminal({ dir, port, command, greeting: greeting([]) })

  // A finished step that somebody looks at is no learner's progress.
  const room = withCourse || dir === workDir ? openRoomLink() : undefined
  let classroom: Promise<{ url: string; close(): Promise<void> }> | undefined
  const open = () =>
    import('./open-classroom.ts').then(({ openClassroom }) =>
      openClassroom({
        wire: program.wire,
        program,
        command,
        withCourse,
        room,
        benchReport,
        port: options.classroomPort,
      }),
    )
  let isStopping = false
  const program = await startBehindWire({
    dir,
    step,
    port,
    command,
    faults,
    // Ctrl-C reaches the program too: that it ends then is no trouble.
    on: { line: print, edit: printEdit, state: (state) => isStopping || printTrouble(state) },
  })
  if (withCourse) {
    classroom = open()
    const { url } = await classroom
    const opens = options.opensBrowser === true && hasOwnScreen()
    console.log(url)
    console.log(
      `That is the classroom${opens ? ', and it opens in your browser' : ': open it in your browser'}.`,
    )
    if (opens) openBrowser(url)
  }
  let isGreeted = false
  const greet = async () => {
    if (program.state.is !== 'running') return
    console.log(program.url)
    if (isGreeted) return
    isGreeted = true
    classroom ??= open() // not before: the program is ready sooner
    const { url } = await classroom
    say(...greeting(withCourse ? [] : [`What crosses the wire:  ${url}/wire`]))
  }
  const check = startCheckService({ step: step.number, dir }, beforeCheckMs)
  program.on('edit', () => check.edited())
  let checked = program.folder
  program.on('state', () => {
    if (program.folder === checked) return // It started again. Which step work/ has come to, the check sees by itself.
    checked = program.folder
    check.prepare({ step: checked.step.number, dir: checked.dir })
  })
  const { promise: failed, reject } = rejectable()
  program.on('state', () => void greet().catch(reject))
  await greet()
  const sharing = options.share ? await shareOnceRunning(program) : undefined
  await Promise.race([askedToStop(), program.failed, failed])
  isStopping = true
  room?.close()
  await check.stop()
  await sharing?.close()
  await classroom?.then(
    (opened) => opened.close(),
    () => {}, // Ctrl-C came while it was still being opened.
  )
  await program.close()
  return 0
}

async function shareOnceRunning(program: WiredProgram): Promise<{ close(): Promise<void> }> {
  await new Promise<void>((resolve) => {
    const look = () => program.state.is === 'running' && resolve()
    program.on('state', look)
    look()
  })
  const { openSharing } = await import('../../share/share-at-terminal.ts')
  return openSharing({ port: program.wire.port })
}
