import { paint } from '../terminal/colour.ts'
import { after, workDir } from '../course/course.ts'
import type { CheckResult, TaskResult } from './job.ts'
import { nameOf } from './target.ts'
import { serverMark } from './transcript.ts'

const width = 80
const mostTranscriptLines = 7
const mostServerLines = 3

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

  const again = `npm run check${target.url ? ` ${step.number} -- --url ${target.url}` : ''}`
  if (task.error?.name === 'DidNotStart') {
    return [
      headline(title, 'YOUR SERVER DID NOT START'),
      `  ${task.error.message}`,
      ...serverWords(task).slice(0, 3),
      `Look at: ${nameOf(target)}/server.ts`,
      `Next: mend that, and then:  ${again}`,
    ]
  }

  const heading = headline(`${title} · task ${at + 1} of ${tasks.length}: ${task.name}`, 'NOT YET')
  if (!task.finding) {
    return [heading, ...happened(task), `The check itself went wrong: ${task.error?.message.split('\n')[0]}`]
  }
  const { expected, saw, look } = task.finding
  return [
    heading,
    ...happened(task),
    `Expected: ${expected}.  Saw: ${task.crash ? `your server stopped: ${task.crash}` : saw}.`,
    `Look at: ${target.dir ? `${nameOf(target)}/` : ''}${look}`,
    'Next: npm run hint',
  ]
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
function happened({ transcript }: TaskResult): string[] {
  const talk = transcript.filter((line) => !isNoise(line))
  let serverLines = talk.filter((line) => line.startsWith(serverMark)).length
  const lines = talk.filter((line) => !line.startsWith(serverMark) || serverLines-- <= mostServerLines)
  return lines.slice(-mostTranscriptLines).map((line) => `  ${line}`)
}

/** The address that every program prints, and what surrounds an error whose first line is told elsewhere. */
function isNoise(line: string): boolean {
  if (!line.startsWith(serverMark)) return false
  return /^(http:\/\/localhost:\d+|\s*at .*|\s*\^*|Node\.js v.*|\}?)$/.test(line.slice(serverMark.length + 1))
}

function serverWords({ transcript }: TaskResult): string[] {
  return transcript.filter((line) => line.startsWith(serverMark)).map((line) => `  ${line}`)
}
