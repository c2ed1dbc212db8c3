import { steps, workDir } from '#shared/course/course'
import { readProgress } from '#shared/course/progress'
import { stepToBegin, workStep } from '#shared/course/work-folder'
import { faultOptions, readFaults } from '#shared/wire/fault-options'
import { refuseTakenPort } from '#shared/classroom/server/find-classroom'
import { runFolder } from '#shared/classroom/server/run-folder'
import { parseCommand, portOption, readPort, type CommandSpec } from '#shared/terminal/arguments'

export const spec = {
  command: 'npm start',
  does: 'Opens the classroom in your browser and runs work/, until Ctrl-C. While there is no work/, it runs the finished step whose lesson is open.',
  options: {
    port: portOption,
    'classroom-port': ['3150', 'the port of the classroom, in place of 3100'],
    'no-open': [true, 'prints the address, and opens no browser'],
    ...faultOptions,
  },
  example: 'npm start -- --port 3001',
} as const satisfies CommandSpec

/**
 * `npm start`: the classroom, in the browser unless `--no-open` says otherwise, with `work/` running, or step 1 while there
 * is none, until Ctrl-C.
 */
export default async function (typed: string[]): Promise<number> {
  const { command } = spec
  const words = parseCommand(typed, spec)
  const port = readPort(words.option('port'), command)
  const classroom = words.option('classroom-port')
  const faults = readFaults(words, command)
  await refuseTakenPort(port, command, 'Open that in a browser.')
  const [work, { open }] = await Promise.all([workStep(), readProgress()])
  const step = work ?? steps.find(({ number }) => number === open) ?? (await stepToBegin())
  return runFolder({
    dir: work ? workDir : step.dir,
    step,
    command,
    port,
    faults,
    withCourse: true,
    classroomPort:
      classroom === undefined ? undefined : readPort(classroom, command, { name: '--classroom-port' }),
    opensBrowser: !words.flag('no-open'),
    benchReport,
  })
}

/** Its code is read when somebody wants to see it. */
async function benchReport(): Promise<string> {
  const [{ newestResult }, { reportOf }] = await Promise.all([
    import('../bench/newest.ts'),
    import('../bench/report.ts'),
  ])
  return reportOf(await newestResult())
}
