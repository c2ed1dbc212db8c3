import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { paint } from '../terminal/colour.ts'
import { after, workDir } from '../course/course.ts'
import { taskNames } from '../course/tasks.ts'
import { pageFile } from '../serve/page-file.ts'
import { firstError, isError } from '../run/run.ts'
import { expectedAndSaw } from './not-yet.ts'
import type { CheckResult, TaskResult } from './job.ts'
import { nameOf, type Target } from './target.ts'
import { isFromServer, serverLines } from './transcript.ts'

const width = 80
const maxTranscriptLines = 6
const maxServerLines = 3

/** True when no task failed. */
export function isDone({ tasks }: CheckResult): boolean {
  return tasks.every(({ state }) => state !== 'failed')
}

/**
 * What a learner reads after a check: at most 12 lines, of the first task that failed alone, readable without colour.
 *
 * @param result one check's result
 * @returns its lines
 */
export function verdict(result: CheckResult): string[] {
  const { step, tasks, target } = result
  const at = tasks.findIndex(({ state }) => state === 'failed')
  const title = `Step ${step.number} · ${step.title}`
  const task = tasks[at]
  if (!task) return doneVerdict(result, title)

  if (task.error?.name === 'DidNotStart') {
    const { message } = task.error
    const again = `npm run check${target.url ? ` ${step.number} -- --url ${target.url}` : ''}`
    return [
      headline(title, 'YOUR SERVER DID NOT START'),
      `  ${message}`,
      `Look at: ${placeIn(message, target) ?? `${nameOf(target)}/server.ts`}`,
      `Next: fix that, and then:  ${again}`,
    ]
  }

  const cause = causeOf(task, target)
  const names = result.only ? taskNames(step) : tasks.map(({ name }) => name)
  const lines = [
    ...whatPasses(at),
    headline(`${title} · task ${names.indexOf(task.name) + 1} of ${names.length}: ${task.name}`, 'NOT YET'),
    ...happened(task, cause?.words ?? ''),
    ...(cause ? [cause.words] : []),
  ]
  if (task.finding) lines.push(expectedAndSaw(task.finding))
  else if (!cause) return [...lines, `The check itself went wrong: ${task.error?.message.split('\n')[0]}`]
  const hint = inFolder(target, task.finding?.look ?? 'server.ts')
  return [...lines, `Look at: ${cause?.look ?? hint}`, 'Next: npm run hint']
}

/** What a lesson says at its checkpoints. A check stops at the first task that fails. */
function whatPasses(count: number): string[] {
  if (count === 0) return []
  return [count === 1 ? 'Task 1 passes.' : `Tasks 1 ${count === 2 ? 'and' : 'to'} ${count} pass.`]
}

interface Cause {
  /** `Your server said: TypeError: … (work/server.ts line 12)` */
  words: string
  /** `work/server.ts line 12`; undefined when the task's own hint leads on from there */
  look?: string
}

/** What a task failed of, when the program itself has said it. */
function causeOf({ crash, transcript, finding }: TaskResult, target: Target): Cause | undefined {
  const printed = serverLines(transcript)
  const at = printed.findLastIndex(isError)
  const error = crash ?? (at < 0 ? undefined : firstError(printed.slice(at)))
  const script = crash ? undefined : scriptProblem(transcript, printed, target)
  if (script) return { words: script, look: placeIn(script, target) ?? inFolder(target, 'client.ts') }
  if (!error) return undefined
  const place = placeIn(error, target)
  const isHinted = finding && place?.startsWith(`${inFolder(target, finding.look).split(' — ')[0]} `)
  const isProvoked = !crash && error?.includes('database is locked') // by the check: the line that was run then is right
  const look = isHinted || isProvoked ? undefined : place
  return { words: `Your server ${crash ? 'stopped' : 'said'}: ${error}`, look }
}

function scriptProblem(transcript: string[], printed: string[], target: Target): string | undefined {
  const broken = printed.findLast(isScriptError)
  if (broken) return inFolder(target, broken.replace(/\((?=\S+ line \d)/, `(${inFolder(target, '')}`))
  const isAsked = target.dir && transcript.some((line) => line.endsWith('GET /client.js 404'))
  if (isAsked && !existsSync(join(target.dir ?? '', pageFile(target.dir ?? '', 'client.ts'))))
    return `${inFolder(target, 'client.ts')} is missing`
}

/** `work/server.ts line 12`, when an error names a place in the target's folder. */
function placeIn(error: string, target: Target): string | undefined {
  const [, place] = /\(([^()]+ line \d+)[:,)]/.exec(error) ?? []
  return place?.startsWith(inFolder(target, '')) ? place : undefined
}

/** The checks say `client.ts`, wherever a program keeps its page. */
function inFolder(target: Target, file: string): string {
  const { dir } = target
  if (!dir) return file
  return `${nameOf(target)}/${file.replace(/^(client\.ts|index\.html)/, (name) => pageFile(dir, name))}`
}

function doneVerdict({ step, tasks, target }: CheckResult, title: string): string[] {
  const skipped = tasks.filter(({ state }) => state === 'skipped')
  const passed = tasks.length - skipped.length
  const next = after(step)
  const isOwn = target.dir === workDir
  return [
    headline(
      `${title} · ${passed} of ${tasks.length} tasks in ${nameOf(target)}`,
      skipped.length ? 'SO FAR SO GOOD' : 'DONE',
    ),
    ...skipped.map(({ name, reason }) => `  not checked: ${name} (${reason})`),
    ...(isOwn && next ? [`Next: npm run next   (step ${next.number} · ${next.title})`] : []),
  ]
}

/** The words on the left, the verdict on the right of the same line where it fits. */
function headline(left: string, right: string): string {
  return `${left}${' '.repeat(Math.max(2, width - left.length - right.length))}${paint(right === 'DONE' || right === 'SO FAR SO GOOD' ? 'green' : 'red', right)}`
}

/** The end of what happened: the server's own words are the first to go, for there may be thousands. */
function happened({ transcript }: TaskResult, told: string): string[] {
  const talk = transcript.filter((line) => !isNoise(line, told))
  let count = talk.filter(isFromServer).length
  const lines = talk.filter((line) => !isFromServer(line) || count-- <= maxServerLines)
  return lines.slice(-maxTranscriptLines).map((line) => `  ${line}`)
}

/** The address that every program prints, the error that is told elsewhere, and what surrounds an error. */
function isNoise(line: string, told: string): boolean {
  const [printed] = serverLines([line])
  if (printed === undefined) return false
  if (isError(printed) || isScriptError(printed)) return told.includes(printed.split(' (')[0]!)
  return /^(http:\/\/localhost:\d+|\s*at .*|\s*\^*|Node\.js v.*|\}?|.*\.(ts|m?js):\d+)$/.test(printed)
}

/** What page() prints. */
function isScriptError(printed: string): boolean {
  return /^(page\/)?client\.ts does not compile/.test(printed)
}
