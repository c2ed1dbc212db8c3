import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { steps, type Step } from './course.ts'

/** The names of a check's tasks, as they stand in its file. */
export function taskNames(step: Step): string[] {
  const check = readFileSync(join(step.dir, 'check.test.ts'), 'utf8')
  return [...check.matchAll(/^test\((['"])(.+?)\1,/gm)].map(([, , name]) => name!)
}

/** What only some tasks use, and Node alone does not bring: a browser, or a Postgres and a Redis. */
const moreThanNode = ['windows', 'servers']

/** The tasks of a check that ask for one of these: `windows` of a browser, say. */
export function tasksUsing(step: Step, fixtures: readonly string[]): string[] {
  const check = readFileSync(join(step.dir, 'check.test.ts'), 'utf8')
  const heads = check.matchAll(/^test\((['"])(.+?)\1,\s*async \(\{([^}]*)\}/gm)
  return [...heads].flatMap(([, , name = '', used = '']) =>
    fixtures.some((one) => used.split(/[\s,:]+/).includes(one)) ? [name] : [],
  )
}

/** The tasks of a check in two parts: those that need Node and nothing else, and the others. */
export function tasksByNeed(step: Step): { node: string[]; more: string[] } {
  const more = tasksUsing(step, moreThanNode)
  return { node: taskNames(step).filter((name) => !more.includes(name)), more }
}

/**
 * What an earlier step asks and a later one still has to do: its tasks but for those that a step up to the later one
 * says it supersedes.
 *
 * @param step the earlier one
 * @returns the tasks' names, in their order
 */
export function stillTrue(step: Step, later: Step): string[] {
  const superseded = steps
    .filter(({ number }) => number > step.number && number <= later.number)
    .flatMap(supersededBy)
    .filter(({ number }) => number === step.number)
  if (superseded.some(({ task }) => task === undefined)) return []
  const gone = new Set(superseded.map(({ task }) => task))
  return taskNames(step).filter((name) => !gone.has(name))
}

/** What a step's README says: `Supersedes: step 3`, or `Supersedes: step 1, “the home page says Hello World!”`. */
function supersededBy(step: Step): { number: number; task?: string }[] {
  const lesson = readFileSync(join(step.dir, 'README.md'), 'utf8')
  return [...lesson.matchAll(/^Supersedes: step (\d+)(?:, “(.+?)”)?/gm)].map(([, number, task]) => ({
    number: Number(number),
    task,
  }))
}
