import { before, findStep, workDir, type Step } from '#shared/course/course'
import { describeEdited } from '#shared/course/intact'
import {
  begin,
  describeReplaced,
  hasWork,
  setWorkStep,
  stepToBegin,
  workStep,
} from '#shared/course/work-folder'
import { faultOptions, readFaults } from '#shared/wire/fault-options'
import { refuseTakenPort } from '#shared/classroom/server/find-classroom'
import { runFolder } from '#shared/classroom/server/run-folder'
import { readServers, runServers } from '#shared/classroom/server/run-servers'
import { Advice } from '#shared/terminal/advice'
import { parseCommand, portOption, readPort, runOptions, type CommandSpec } from '#shared/terminal/arguments'
import { say } from '#shared/terminal/wrap'

export const spec = {
  command: 'npm run work',
  does: 'Runs your program in work/, and starts it again at each save, until Ctrl-C. With a step, it first puts the start of that step into work/; what is there is saved.',
  words: ['[STEP]'],
  options: {
    at: ['2', "begins at checkpoint 2 of the step's lesson"],
    keep: [true, 'keeps the program in work/, and says that it is on that step'],
    port: portOption,
    ...runOptions,
    ...faultOptions,
  },
  example: 'npm run work 4 -- --port 3001',
} as const satisfies CommandSpec

/**
 * `npm run work [N]`: begins step N in `work/`, or goes on with what is there; runs it until Ctrl-C. With `--at 2` it is the
 * program behind checkpoint 2 of the lesson.
 */
export default async function (typed: string[]): Promise<number> {
  const words = parseCommand(typed, spec)
  const command = ['npm run work', ...words.positionals].join(' ')
  const port = readPort(words.option('port'), command)
  const faults = readFaults(words, command)
  const count = readServers(words.option('servers'), command)
  const chosen = words.positionals.length > 0 ? `step ${words.positionals.join(' ')}` : 'your step'
  await (count === undefined // before work/ is changed
    ? refuseTakenPort(port, command, `Choose ${chosen} there.`)
    : refuseTakenPort(port, `${command} -- --servers ${count}`, 'Stop that one with Ctrl-C.'))
  const step = await prepare(words.positionals[0], readAt(words.option('at'), command), words.flag('keep'))
  const options = {
    dir: workDir,
    step,
    command: 'npm run work',
    port,
    faults,
    noWire: words.flag('no-wire'),
    share: words.flag('share'),
  }
  if (count !== undefined) return runServers({ ...options, count })
  return runFolder({ ...options, next: 'Is your step done? In another terminal, type:  npm run check' })
}

async function prepare(wanted: string | undefined, at: number | undefined, keep: boolean): Promise<Step> {
  if (keep) return keepProgram(wanted)
  const here = wanted === undefined ? await workStep() : undefined
  if (here && at === undefined) return here
  const step = here ?? (wanted === undefined ? await stepToBegin() : findStep(wanted))
  say(...describeEdited([before(step), step]))
  const replaced = await begin(step, { at })
  const { changed, given } = replaced
  say(...describeReplaced(replaced, `npm run work ${step.number}`))
  const title = `step ${step.number} · ${step.title}`
  const place = at ? `${title}, as it is at checkpoint ${at}` : `the start of ${title}`
  say(changed ? `work/ now holds ${place}.` : `work/ already holds ${place}. Nothing was changed.`)
  if (given.length > 0) say(`Given by the lesson: ${given.join(', ')}`)
  return step
}

async function keepProgram(wanted: string | undefined): Promise<Step> {
  if (wanted === undefined || !(await hasWork())) {
    throw new Advice(
      '--keep says which step the program in work/ is on: it needs a step, and a program in work/.',
      'For example:  npm run work 4 -- --keep',
    )
  }
  const step = findStep(wanted)
  await setWorkStep(step)
  say(`work/ is on step ${step.number} · ${step.title} now. Your code stays as it is.`)
  return step
}

/** @throws Advice when it is no whole number */
function readAt(text: string | undefined, command: string): number | undefined {
  if (text === undefined || /^\d{1,3}$/.test(text)) return text === undefined ? undefined : Number(text)
  throw new Advice(
    `--at is ${JSON.stringify(text)}, and it has to be the number of a checkpoint.`,
    `For example:  ${command} -- --at 2`,
  )
}
