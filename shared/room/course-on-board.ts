import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { steps } from '../course/course.ts'
import { hintsOf } from '../course/hints.ts'
import { readLesson } from '../course/lesson.ts'
import { taskNames } from '../course/tasks.ts'
import type { StepOnBoard } from './room-events.ts'

/** What the board knows of the course. */
export function courseOnBoard(): Promise<StepOnBoard[]> {
  return Promise.all(
    steps.map(async (step) => ({
      number: step.number,
      title: step.title,
      minutes: step.minutes,
      tasks: taskNames(step).length,
      checkpoints: readLesson(step)?.parts.filter(({ is }) => is === 'checkpoint').length ?? 0,
      rungs: (await hintsOf(step)).length,
      quiz: questionsIn(await readFile(join(step.dir, 'README.md'), 'utf8')),
    })),
  )
}

/**
 * The questions of a lesson's quiz, without their answers, each in one line.
 *
 * @param lesson Markdown
 */
export function questionsIn(lesson: string): string[] {
  const [, quiz = ''] = /^## Quiz\n([^]*?)(?=^## |(?![^]))/m.exec(lesson) ?? []
  return quiz
    .replaceAll(/<details>[^]*?<\/details>/g, '\n\n')
    .split(/\n{2,}/)
    .map((text) => text.replaceAll(/\s+/g, ' ').replaceAll('`', '').trim())
    .filter((text) => text.endsWith('?'))
}
