import { findStep, steps, workDir } from '../course.ts'
import { readProgress } from '../progress.ts'
import { workStep } from '../work.ts'
import { faultOptions, readFaults } from './faults.ts'
import { runFolder } from './run-folder.ts'
import { readPort, readWords } from './words.ts'

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
  })
}
