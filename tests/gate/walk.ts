import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Step } from '#shared/course/course'
import { readLesson } from '#shared/course/lesson'
import { applyUpTo, programIn, writeProgram } from '#shared/course/lesson-program'
import { copyProject } from '../support/project-copy.ts'
import type { CourseResult } from './course-result.ts'

/**
 * Promise 7: a scripted learner walks from `npm run work 1` to the end, with the commands alone, in a copy of the project.
 * What they type into work/ are the blocks of the lessons; where a lesson is text alone, it is the finished step.
 *
 * @param steps through which they go, one after the other; from a later one on, it is a part of that way
 */
export async function walks(steps: readonly Step[]): Promise<CourseResult[]> {
  const [first] = steps
  if (!first) return []
  const copy = await mkdtemp(join(tmpdir(), 'on-the-wire-'))
  await copyProject(copy)
  const kept: CourseResult[] = []
  const note = (where: string, what: string, broken?: string) =>
    kept.push({ promise: 7, where, what, broken })
  const working = startWork(copy, first)
  try {
    await working.ready
    const refused = await command(copy, 'next')
    const early = refused.exitCode === 1 && /NOT YET/.test(refused.output)
    note(first.name, 'npm run next does not let an unfinished step go', early ? undefined : refused.output)

    for (const step of steps) {
      const work = join(copy, 'work')
      const lesson = readLesson(step)
      await writeProgram(lesson ? applyUpTo(lesson, programIn(work)) : programIn(step.dir), work)
      const { exitCode, output } = await command(copy, 'next')
      note(step.name, 'npm run next goes on when it is done', exitCode === 0 ? undefined : output)
      if (exitCode !== 0) break
    }

    const list = await command(copy, 'step')
    const ticked = steps.every(({ number }) => new RegExp(`^\\D*${number} .*✓`, 'm').test(list.output))
    note('npm run step', 'every step that was passed has a tick', ticked ? undefined : list.output)
  } finally {
    await working.stop()
    await rm(copy, { recursive: true, force: true, maxRetries: 5 })
  }
  return kept
}

function go(dir: string, words: string[]) {
  return spawn(process.execPath, ['commands/cli.mjs', ...words], {
    cwd: dir,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function command(
  dir: string,
  ...words: string[]
): Promise<{ exitCode: number | null; output: string }> {
  const child = go(dir, words)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  return { exitCode, output }
}

/** `npm run work N`, as it goes on in the learner's first terminal. */
function startWork(dir: string, { number }: Step) {
  const child = go(dir, ['work', String(number), '--port', '0'])
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('http://localhost:')) resolve()
    })
    ended.then(() => reject(new Error(`npm run work ${number} ended before its program answered`)), reject)
  })
  return {
    ready,
    async stop() {
      child.kill()
      await ended
    },
  }
}
