import { steps, workDir } from '../course.ts'
import { workStep } from '../work.ts'
import { runFolder } from './run-folder.ts'
import { readPort, readWords } from './words.ts'

/** `npm start`: runs `work/`, or step 1 while there is none, until Ctrl-C. */
export default async function (words: string[]): Promise<number> {
  const command = 'npm start'
  const { value } = readWords(words, {
    command,
    options: { port: '3001' },
    most: 0,
    example: 'npm start -- --port 3001',
  })
  const port = readPort(value('port'), command)
  const work = await workStep()
  const [first] = steps
  if (!first) throw new Error('a course has a first step')
  return work
    ? runFolder({
        dir: workDir,
        step: work.step,
        command,
        port,
        next: 'Are you there? Type in another terminal:  npm run check',
      })
    : runFolder({
        dir: first.dir,
        step: first,
        command,
        port,
        next: 'This is step 1, finished. To build it yourself, stop it and type:  npm run work',
      })
}
