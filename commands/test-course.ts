import { writeFile } from 'node:fs/promises'
import { Advice } from '#shared/terminal/advice'
import { paint } from '#shared/terminal/colour'
import { findStep, steps, type Step } from '#shared/course/course'
import type { CourseResult } from '../tests/gate/course-result.ts'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'

export const spec = {
  command: 'npm run test:course',
  does: 'Tests the promises of the course (CONTRIBUTING.md lists them), and names the step and the promise that broke.',
  options: {
    step: ['4', 'one step alone, in full'],
    promise: ['3', 'one promise alone'],
    part: [true, 'one step that the commit draws: what each change must pass'],
    full: [true, 'asks every question, and takes an hour or more'],
    runs: ['20', 'how often promise 6 runs each check'],
    lessons: [true, 'applies the blocks of the lessons, and prints what readers type and read'],
    mutants: [true, 'makes a mistake in each line that learners type, one at a time'],
    json: ['result.json', 'writes the results to a file, too'],
  },
  example: 'npm run test:course -- --step 4 --promise 3',
} as const satisfies CommandSpec

const drawnSteps = 1 // with --part, at each change
const walkedSteps = 5 // without a word

/** The numbers of the promises, what is looked at for them, and how: its code is read only when it is asked for. */
type Looked = [numbers: string, what: string, look: () => Promise<CourseResult[]>]

/** `npm run test:course`: does the course keep what it promises? It names the step and the promise that broke. */
export default async function testCourse(words: string[]): Promise<number> {
  const { option, flag } = parseCommand(words, spec)
  const one = option('step')
  const some = one === undefined ? steps : [findStep(one)]
  const promise = option('promise')
  const runs = Number(option('runs') ?? 20)
  if (flag('lessons')) return showLessons(some)
  if (flag('mutants')) return showMutants(some)

  // A part of what takes long is looked at, another one with each commit; with --part, of one step; with --full, all of it.
  const { drawnRun, isDrawn } = await import('../tests/gate/sample.ts')
  const isInPart = !one && !promise && !flag('full')
  const few = flag('part') ? drawnRun(some, drawnSteps) : some // for what takes longest

  // What concerns the course as a whole is left out when one step is asked for.
  const promises: Looked[] = [
    [
      '1 to 3',
      'what the checks say of finished, earlier, later and wrong programs',
      async () => {
        const { checksTell } = await import('../tests/gate/checks.ts')
        return checksTell(few, steps, flag('full') || one !== undefined, isInPart)
      },
    ],
    [
      '4',
      'what texts say of the programs',
      async () => {
        const { nothingDrifts, nothingDriftsBeside } = await import('../tests/gate/drift.ts')
        return [...nothingDrifts(some), ...(one ? [] : nothingDriftsBeside())]
      },
    ],
    ['5', 'what pages ask for', async () => (await import('../tests/gate/offline.ts')).asksNobodyElse(few)],
  ]
  // Twenty runs take as long as all the rest: they are for the night, or for who asks.
  if (flag('full') || promise === '6' || option('runs') !== undefined) {
    promises.push([
      '6',
      `${runs} runs in random order`,
      async () => (await import('../tests/gate/steady.ts')).neverFlakes(few, runs, flag('full')),
    ])
  }
  promises.push([
    '7',
    'what the blocks of lessons make, and what passes at their checkpoints',
    async () => {
      const { buildsItsStep, checkpointsHold } = await import('../tests/gate/lessons.ts')
      const isAll = !isInPart || flag('part')
      const run = few.filter(({ name }) => isAll || isDrawn(`checkpoints of ${name}`, 3))
      return [...some.flatMap((step) => buildsItsStep(step)), ...(await checkpointsHold(run))]
    },
  ])
  if (!one) {
    const walked = flag('part') ? few : isInPart ? drawnRun(steps, walkedSteps) : steps
    promises.push([
      '7',
      `a walk from step ${walked[0]?.number} to step ${walked.at(-1)?.number}`,
      async () => (await import('../tests/gate/walk.ts')).walks(walked),
    ])
  }
  promises.push([
    '10',
    'mutants of what a learner types',
    async () => {
      const { mutantsDie } = await import('../tests/gate/mutants.ts')
      return mutantsDie(few, flag('full') ? 1 : 25)
    },
  ])
  const wanted = promises.filter(([numbers]) => promise === undefined || covers(numbers, promise))
  if (wanted.length === 0) {
    throw new Advice(
      `There is no promise ${JSON.stringify(promise)}: they are 1 to 7, and 10.`,
      `For example:  ${spec.example}`,
    )
  }

  const all: CourseResult[] = []
  for (const [numbers, what, look] of wanted) {
    const startedAt = performance.now()
    const kept = await look()
    all.push(...kept)
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    console.log(`promise ${numbers}: ${what}: ${kept.length} looked at in ${seconds} s`)
    kept.filter(({ broken }) => broken).forEach(report)
  }

  const failed = all.filter(({ broken }) => broken).length
  const passed = all.length - failed
  const json = option('json')
  if (json) {
    const result = {
      numPassedTests: passed,
      numFailedTests: failed,
      numPendingTests: 0,
      success: failed === 0,
    }
    await writeFile(json, JSON.stringify(result))
  }
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
}

/** What lessons ask of their readers, and whether their blocks make the finished step. Nothing is run. */
async function showLessons(some: readonly Step[]): Promise<number> {
  const { buildsItsStep } = await import('../tests/gate/lessons.ts')
  const { lessonTable } = await import('../tests/gate/minutes.ts')
  const results = some.flatMap((step) => buildsItsStep(step))
  const failed = results.filter(({ broken }) => broken)
  failed.forEach(report)
  const fitting = some.filter(
    ({ name }) => !failed.some(({ where, what }) => where === name && what === 'its blocks fit'),
  )
  if (fitting.length > 0) console.log(lessonTable(fitting).join('\n'))
  return failed.length === 0 ? 0 : 1
}

/** All mutants of what learners type: how many die, and which do not. */
async function showMutants(some: readonly Step[]): Promise<number> {
  const { mutantScores } = await import('../tests/gate/mutants.ts')
  let failed = 0
  for (const { step, asked, survivors, stale, listed } of await mutantScores(some, 1)) {
    const alive = survivors.length + listed
    const percent = Math.floor(((asked - alive) / asked) * 100)
    console.log(
      `${step.name}: ${asked - alive} of ${asked} mutants die, ${percent} %; ${listed} more are listed`,
    )
    for (const name of survivors) console.log(`  survives: ${name}`)
    for (const name of stale) console.log(`  is in survivors.json, and no mutant: ${name}`)
    failed += survivors.length + stale.length
  }
  return failed === 0 ? 0 : 1
}

function covers(numbers: string, promise: string): boolean {
  return numbers === '1 to 3' ? /^[123]$/.test(promise) : numbers === promise
}

function report({ promise, where, what, broken = '' }: CourseResult): void {
  console.log(
    `${paint('red', 'BROKEN')}  promise ${promise} · ${where} · ${what}\n        ${broken.replaceAll('\n', '\n        ')}`,
  )
}
