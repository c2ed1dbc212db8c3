import { findStep, steps, workDir } from '#shared/course/course'
import { readProgress } from '#shared/course/progress'
import { workStep } from '#shared/course/work-folder'
import { faultOptions, readFaults } from '#shared/wire/fault-options'
import { runFolder } from '#shared/classroom/server/run-folder'
import { readPort, readWords } from '#shared/terminal/arguments'

/** `npm start`: the classroom, with `work/` running, or step 1 while there is none, until Ctrl-C. */
export default async function (typed: string[]): Promise<number> {
  const command = 'npm start'
  const words = readWords(typed, {
    command,
    options: { port: '3001', ...faultOptions },
    most: 0,
    example: 'npm start -- --port 3001',
  })
  const port = readPort(words.value('port'), command)
  const faults = readFaults(words, command)
  const [work, { open }] = await Promise.all([workStep(), readProgress()])
  const step = work?.step ?? findStep(String(open ?? steps[0]?.number))
  return runFolder({
    dir: work ? workDir : step.dir,
    step,
    command,
    port,
    faults,
    withCourse: true,
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
