import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runChecks } from '#shared/check/run-checks'
import type { CheckResult, Job } from '#shared/check/job'
import { before, root, type Step } from '#shared/course/course'
import { BrokenLesson, readLesson, type Checkpoint, type Lesson } from '#shared/course/lesson'
import {
  applyUpTo,
  programAt,
  programIn,
  startOf,
  writeProgram,
  type Program,
} from '#shared/course/lesson-program'
import { showProgress } from '#shared/terminal/progress-line'
import { taskNames } from '#shared/course/tasks'
import { whyNot } from './checks.ts'
import type { CourseResult } from './course-result.ts'
import { lessonFigures } from './minutes.ts'

const maxTyped = 60 // lines
const generousMs = 15_000 // for what must come, however busy the machine is
const wrongMs = 3_000 // for what must not

/**
 * Promise 7, without running anything: a lesson's blocks make the finished step, byte for byte, and a reader can type them
 * in its minutes. A lesson that is text alone is not looked at.
 *
 * @param from the finished step before it
 */
export function buildsItsStep(step: Step, from = before(step)): CourseResult[] {
  const at = (what: string, broken?: string) => ({ promise: 7, where: step.name, what, broken })
  try {
    const lesson = readLesson(step)
    if (!lesson) return []
    const start = startOf(step, from)
    const finished = programIn(step.dir)
    const end = applyUpTo(lesson, start)
    const { server, page, reading, typing } = lessonFigures(lesson, start, programIn(from.dir))
    const minutes = reading + typing
    return [
      at('its blocks fit, and make the finished step', firstDifference(end, finished)),
      at('the last checkpoint is the finished step', behindLast(lesson, start, finished)),
      at(
        'each given file is needed, and no block changes it',
        givenDrift(lesson, programIn(from.dir), start),
      ),
      at('its checkpoints name its tasks, at last all of them', tasksDrift(lesson, taskNames(step))),
      at(
        `a reader types ${maxTyped} lines at most`,
        server + page > maxTyped ? `${server} of the server and ${page} of the page` : undefined,
      ),
      at(
        `${step.minutes} minutes are enough`,
        minutes > step.minutes
          ? `up to its last checkpoint, reading takes ${reading.toFixed(1)} minutes and typing ${typing.toFixed(1)}`
          : undefined,
      ),
    ]
  } catch (error) {
    if (error instanceof BrokenLesson) return [at('its blocks fit', error.message)]
    throw error
  }
}

/**
 * Promise 7: at each checkpoint of a lesson the program runs, the tasks that were named pass, and the first that was not is a
 * wrong answer. The last one is the finished step: promise 1 looks at that.
 *
 * @param steps those whose lesson does not build its step are left out: {@link buildsItsStep} says why
 * @param previous gives the finished step before one
 */
export async function checkpointsHold(steps: readonly Step[], previous = before): Promise<CourseResult[]> {
  await mkdir(join(root, '.data'), { recursive: true })
  const dir = await mkdtemp(join(root, '.data', 'lessons-'))
  try {
    const sound = steps.filter((step) => {
      const results = buildsItsStep(step, previous(step))
      return results.length > 0 && results.every(({ broken }) => !broken)
    })
    const asked = (await Promise.all(sound.map((step) => questions(step, previous(step), dir)))).flat()
    if (asked.length === 0) return []
    let ended = 0
    const results = await runChecks(
      asked.map(({ job }) => job),
      { workers: 2, onTask: () => showProgress(`${(ended += 1)} tasks`) },
    )
    showProgress('')
    return results.map((result, index) => asked[index]!.judge(result))
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

interface Question {
  job: Job
  judge: (result: CheckResult) => CourseResult
}

async function questions(step: Step, from: Step, dir: string): Promise<Question[]> {
  const names = taskNames(step)
  const checkpoints = checkpointsOf(readLesson(step)!).slice(0, -1)
  const passing = new Set<string>()
  const asked: Question[] = []
  for (const { number, tasks } of checkpoints) {
    for (const task of numbersOf(tasks, names)) passing.add(names[task - 1]!)
    const target = { dir: join(dir, step.name, String(number)) }
    await writeProgram(programAt(step, number, from), target.dir)
    const at = (what: string, broken?: string) => ({
      promise: 7,
      where: step.name,
      what: `checkpoint ${number}: ${what}`,
      broken,
    })
    const failing = names.find((name) => !passing.has(name))
    if (failing) {
      asked.push({
        job: { step, target, only: [failing], patienceMs: wrongMs },
        judge({ tasks: [task] }) {
          return at(
            `“${failing}” is a wrong answer still`,
            task?.finding ? undefined : (whyNot(task) ?? 'it passes already'),
          )
        },
      })
    }
    if (passing.size > 0) {
      asked.push({
        job: { step, target, only: [...passing], patienceMs: generousMs, stopAtFirst: true },
        judge: (result) => at('the tasks pass', whyNot(result.tasks.find(({ state }) => state !== 'passed'))),
      })
    }
  }
  return asked
}

function checkpointsOf({ parts }: Lesson): Checkpoint[] {
  return parts.filter((part) => part.is === 'checkpoint')
}

function numbersOf(tasks: Checkpoint['tasks'], names: readonly string[]): readonly number[] {
  return tasks === 'all' ? names.map((_name, index) => index + 1) : tasks
}

/** The first line that differs, in words. */
function firstDifference(made: Program, finished: Program): string | undefined {
  for (const file of new Set([...finished.keys(), ...made.keys()])) {
    const [mine, theirs] = [made.get(file), finished.get(file)]
    if (mine === theirs) continue
    if (mine === undefined) return `no block makes ${file}, and it is not given`
    if (theirs === undefined) return `${file} is no file of the finished step`
    const [lines, wanted] = [mine.split('\n'), theirs.split('\n')]
    const at = wanted.findIndex((line, index) => line !== lines[index])
    const line = at < 0 ? wanted.length : at
    return `${file} line ${line + 1}\nthe lesson makes:      ${lines[line] ?? '(the end)'}\nthe finished step has: ${wanted[line] ?? '(the end)'}`
  }
  return undefined
}

function behindLast(lesson: Lesson, start: Program, finished: Program): string | undefined {
  const last = checkpointsOf(lesson).length
  return firstDifference(applyUpTo(lesson, start, last), finished)
}

function givenDrift({ given, parts }: Lesson, earlier: Program, start: Program): string | undefined {
  for (const { file } of given) {
    if (earlier.get(file) === start.get(file)) return `${file} is as it was in the step before`
    if (parts.some((part) => part.is !== 'checkpoint' && part.is !== 'quote' && part.file === file))
      return `a block changes ${file}`
  }
  return undefined
}

function tasksDrift(lesson: Lesson, names: readonly string[]): string | undefined {
  const named = checkpointsOf(lesson).flatMap(({ tasks }) => numbersOf(tasks, names))
  const strange = named.find((task) => task < 1 || task > names.length)
  if (strange !== undefined) return `there is no task ${strange}: the check has ${names.length}`
  let passing: number[] = []
  for (const { number, tasks } of checkpointsOf(lesson)) {
    passing = [...new Set([...passing, ...numbersOf(tasks, names)])].toSorted((one, other) => one - other)
    const gap = passing.findIndex((task, index) => task !== index + 1)
    if (gap >= 0) {
      return `checkpoint ${number} names task ${passing[gap]}, and the check stops at task ${gap + 1} before: put the tasks in the order of the lesson`
    }
  }
  const missing = names.findIndex((_name, index) => !named.includes(index + 1))
  return missing < 0 ? undefined : `no checkpoint says that task ${missing + 1} passes: “${names[missing]}”`
}
