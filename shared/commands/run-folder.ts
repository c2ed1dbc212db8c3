import { relative } from 'node:path'
import { root, type Step } from '../course.ts'
import { live } from '../live.ts'

export interface Folder {
  /** absolute */
  dir: string
  /** the step that it holds, or is on */
  step: Step
  /** as typed, `npm run step 5` */
  command: string
  port: number
  /** what to type next, printed below the rest */
  next?: string
}

/** Runs a finished step or `work/` until Ctrl-C, with the lesson's place below its address. Returns the exit code. */
export function runFolder({ dir, step, command, port, next }: Folder): Promise<number> {
  const lesson = `steps/${step.name}/README.md`
  const place = relative(root, dir).replaceAll('\\', '/')
  return live({
    dir,
    port,
    command,
    greeting: [
      `${place} runs, step ${step.number} · ${step.title}; its lesson is ${lesson}`,
      'An edit is live at once. Ctrl-C stops it.',
      ...(next ? [next] : []),
    ],
  })
}
