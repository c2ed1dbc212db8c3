import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { Advice } from '#shared/terminal/advice'
import { checkEarlier, describeEarlier } from '#shared/check/earlier'
import type { CheckResult, Job, TaskResult } from '#shared/check/job'
import { runCheck } from '#shared/check/run-check'
import { startCheckService } from '#shared/check/start-check-service'
import { nameOf, type Target } from '#shared/check/target'
import { isDone, verdict } from '#shared/check/verdict'
import { showProgress } from '#shared/terminal/progress-line'
import { askedToStop } from '#shared/run/run-at-terminal'
import { watchEdits } from '#shared/run/watch-edits'
import { findStep, steps, workDir } from '#shared/course/course'
import { describeEdited } from '#shared/course/intact'
import { markPassed } from '#shared/course/progress'
import { roomAfterCheck } from '#shared/room/after-check'
import { hasWork, stepToBegin, workStep } from '#shared/course/work-folder'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'
import { say } from '#shared/terminal/wrap'

const knockMs = 5_000

export const spec = {
  command: 'npm run check',
  does: 'Checks whether work/ does what its step asks for, and says what is missing.',
  words: ['[STEP]'],
  options: {
    watch: [true, 'checks again at each save, until Ctrl-C'],
    each: [true, 'prints a line for each task'],
    dir: ['some/folder', 'checks the program in that folder'],
    url: ['http://localhost:5000', 'checks a program that is running at that address'],
    all: [true, 'checks all finished steps'],
  },
  example: 'npm run check 4 -- --watch',
} as const satisfies CommandSpec

/** `npm run check [N]`: does work/, or a finished step, a folder, an address, do what step N asks for? */
export default async function check(words: string[]): Promise<number> {
  const { positionals, flag, option } = parseCommand(words, spec)
  const jobs = flag('all')
    ? steps.map((step) => ({ step, target: { dir: step.dir } }))
    : [await chosen(positionals[0], option('dir'), option('url'))]

  const room = roomAfterCheck()
  const isRight = await checkOnce(jobs, flag('each'), room)
  // Its last words: it is the folder beside work/ in which people edit by mistake.
  if (jobs[0]?.target.dir === workDir) say(...describeEdited(jobs.map(({ step }) => step)))
  if (!flag('watch')) return isRight ? 0 : 1
  const dir = jobs[0]?.target.dir
  if (!dir) throw new Advice('--watch watches files, and an address has none.', 'Leave out --watch or --url.')
  return checkAtEachSave(dir, jobs, flag('each'), room)
}

async function chosen(number?: string, dir?: string, url?: string): Promise<Job> {
  const target = await targetOf(dir, url)
  const hasOwn = await hasWork()
  const named = number === undefined ? undefined : findStep(number)
  const step = named ?? (hasOwn ? await workStep() : undefined)
  if (!step && target) {
    throw new Advice(
      `Which step's check is ${nameOf(target)} to pass?`,
      `Name the step, for example:  npm run check 4 -- ${url ? `--url ${url}` : `--dir ${dir}`}`,
    )
  }
  if (!step) {
    throw new Advice(
      'There is no work/, so there is nothing of yours to check.',
      `To begin:  npm run work ${(await stepToBegin()).number}\nTo check a finished step:  npm run check 1`,
    )
  }
  return { step, target: target ?? { dir: hasOwn ? workDir : step.dir }, stopAtFirst: true }
}

async function targetOf(dir?: string, url?: string): Promise<Target | undefined> {
  if (url !== undefined) {
    if (URL.canParse(url) && /^https?:/.test(url)) {
      if (await isAnybodyAt(new URL(url))) return { url }
      throw new Advice(
        `No program answers at ${url}, so there is nothing to check.`,
        'Start it first, in another terminal, and look at the address that it prints.',
      )
    }
    throw new Advice(
      `--url is ${JSON.stringify(url)}, but it has to be an address with http:// or https://.`,
      'For example:  npm run check 4 -- --url http://localhost:5000',
    )
  }
  if (dir === undefined) return undefined
  if (existsSync(join(dir, 'server.ts'))) return { dir: resolve(dir) }
  throw new Advice(
    existsSync(dir) ? `There is no server.ts in ${dir}.` : `There is no folder ${dir}.`,
    'For example:  npm run check 4 -- --dir steps/04-broadcast-vs-self',
  )
}

/** Whether a connection opens there. */
async function isAnybodyAt({ protocol, hostname, port }: URL): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '')
  const knock = connect(Number(port || (protocol === 'https:' ? 443 : 80)), host)
  try {
    await once(knock, 'connect', { signal: AbortSignal.timeout(knockMs) })
    return true
  } catch {
    return false
  } finally {
    knock.destroy()
  }
}

type Room = ReturnType<typeof roomAfterCheck>

/**
 * @param each a line for each task as it ends
 * @param room hears what came of `work/`
 */
async function checkOnce(jobs: Job[], each: boolean, room: Room): Promise<boolean> {
  for (const { step, target } of jobs) showProgress(`Checking step ${step.number} in ${nameOf(target)} …`)
  const onTask = ({ step }: Job, task: TaskResult) => {
    if (each) say(taskLine(task))
    else showProgress(`Step ${step.number}: ${task.name} …`)
  }
  const [job] = jobs
  const results =
    job && jobs.length === 1
      ? [await runCheck(job, (task) => onTask(job, task))]
      : await import('#shared/check/run-checks').then(({ runChecks }) => runChecks(jobs, { onTask }))
  showProgress('')
  const [own] = results
  const isLearners = own?.target.dir === workDir
  if (own?.target.dir && job?.stopAtFirst && isDone(own)) {
    const isRight = await checkEarlierToo(own)
    if (isLearners) say(...(await room(own, isRight)))
    return isRight
  }
  for (const result of results) say(...verdict(result))
  if (own && isLearners) say(...(await room(own, false)))
  return results.every(isDone)
}

/** A step that is done has not broken what earlier ones taught. */
async function checkEarlierToo(result: CheckResult): Promise<boolean> {
  const { step, target } = result
  const [done, ...more] = verdict(result)
  say(done ?? '')
  const isFinished = step.dir === target.dir // The course's own: its tests have looked.
  const earlier = isFinished ? { tasks: 0 } : await checkEarlier(step, target.dir!)
  say(...describeEarlier(step, earlier))
  if (earlier.broken) return false
  say(...more)
  if (target.dir === workDir) await markPassed(step)
  return true
}

function taskLine({ name, state, reason }: TaskResult): string {
  if (state === 'passed') return `✓ ${name}`
  return state === 'failed' ? `✗ ${name}` : `· ${name} (${reason ?? 'not run'})`
}

/** Each save is checked, until Ctrl-C. A save during a check is checked after it. */
async function checkAtEachSave(dir: string, jobs: Job[], each: boolean, room: Room): Promise<number> {
  const service = startCheckService({ step: jobs[0]?.step.number ?? 1, dir })
  let checking: Promise<void> | undefined
  let isEdited = false
  const checkEdits = async () => {
    while (isEdited) {
      isEdited = false
      console.log()
      await checkOnce(jobs, each, room)
    }
    checking = undefined
  }
  const stopWatching = watchEdits({
    dir,
    onEdit() {
      isEdited = true
      service.edited()
      checking ??= checkEdits().catch((error: unknown) => console.error(error))
    },
  })
  say(`Watching ${nameOf({ dir })}: each save is checked. Ctrl-C stops it.`)
  await askedToStop()
  stopWatching()
  await checking
  await service.stop()
  return 0
}
