import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { root, steps, type Step } from '../course/course.ts'
import { readProgress } from '../course/progress.ts'
import { taskNames } from '../course/tasks.ts'
import { namedWorkStep } from '../course/work-folder.ts'
import { Advice } from '../terminal/advice.ts'
import { membershipFile } from './membership-file.ts'
import { nameField } from './fields.ts'
import type { Report } from './room-events.ts'

const doorPort = 3400

const membership = z.object({
  /** of the room's door, `http://192.168.1.23:3400` */
  url: z.url({ protocol: /^https?$/ }),
  code: z.string(),
  /** the secret that the room's server made: who has it is this person */
  token: z.string().min(1),
  name: nameField,
  /** since when help is wanted, ms since 1970 */
  helpAt: z.number().optional(),
  /** the last note that a terminal has printed, and the last that was put away in the classroom */
  printed: z.number(),
  dismissed: z.number(),
  /** when each task passed first, ms since 1970: `4.2` is task 2 of step 4 */
  passed: z.record(z.string(), z.number()),
})

/** The room that this laptop has joined: `.workshop.json.room`, which git ignores. While there is none, nothing is sent. */
export type Membership = z.infer<typeof membership>

/**
 * The room that this laptop has joined; undefined when there is none. A file that makes no sense is put aside, and a line
 * says so.
 */
export function readMembership(file = membershipFile): Membership | undefined {
  if (!existsSync(file)) return undefined
  try {
    return membership.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error
    renameSync(file, `${file}.broken`)
    console.error(
      '.workshop.json.room could not be read, so you have left the room. To come back:  npm run join',
    )
    return undefined
  }
}

/** Keeps it; undefined leaves the room. */
export function writeMembership(next: Membership | undefined, file = membershipFile): void {
  if (!next) return rmSync(file, { force: true })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, file) // All or nothing: the classroom and a check read it as well.
}

/** Changes it, when there is one. Nothing comes in between in this process, and hardly anything from another. */
export function changeMembership(change: Partial<Membership>, file = membershipFile): void {
  const now = readMembership(file)
  if (now) writeMembership({ ...now, ...change }, file)
}

/**
 * Remembers what a check has found. What passed once stays passed, at the time when it did first.
 *
 * @param passed the names of the tasks that have passed
 * @param isDone the whole step has, and nothing earlier is broken: the red note comes down
 */
export function recordCheck(
  step: Step,
  passed: readonly string[],
  isDone: boolean,
  file = membershipFile,
): void {
  const now = readMembership(file)
  if (!now) return
  const names = taskNames(step)
  const found = passed.map((name) => [`${step.number}.${names.indexOf(name) + 1}`, Date.now()])
  const all = { ...Object.fromEntries(found), ...now.passed }
  const helpAt = isDone ? undefined : now.helpAt
  if (found.some(([key]) => !((key ?? '') in now.passed)) || helpAt !== now.helpAt) {
    writeMembership({ ...now, passed: all, helpAt }, file)
  }
}

/**
 * All that the room is told.
 *
 * @param noted the last note that was shown where this is sent from
 */
export async function reportOf(
  { passed, helpAt }: Membership,
  noted: number,
  { folder = root, now = Date.now() } = {},
): Promise<Report> {
  const ago = (at: number) => Math.max(0, Math.ceil((now - at) / 1_000))
  const [progress, work] = await Promise.all([readProgress(folder), namedWorkStep({ folder })])
  const told = steps.flatMap((step) => {
    const done = progress.passed[step.number]
    const doneAt = done === undefined ? undefined : Date.parse(done)
    const tasks = taskNames(step).flatMap((_name, index): [number, number][] => {
      const at = passed[`${step.number}.${index + 1}`] ?? doneAt // before joining, no task was counted
      return at === undefined ? [] : [[index + 1, ago(at)]]
    })
    if (tasks.length === 0) return []
    return [{ number: step.number, tasks, doneAgo: doneAt === undefined ? undefined : ago(doneAt) }]
  })
  return { step: work?.number, steps: told, helpAgo: helpAt === undefined ? undefined : ago(helpAt), noted }
}

/**
 * The address of a room as people type it: `192.168.1.23:3400`, with or without `http://` and the port.
 *
 * @throws Advice when it is none
 */
export function roomUrl(typed: string): string {
  const bare = !/^https?:\/\//i.test(typed)
  const text = bare ? `http://${typed}` : typed
  if (!URL.canParse(text) || !new URL(text).hostname) {
    throw new Advice(
      `${JSON.stringify(typed)} is no address of a room: it stands on the board, like 192.168.1.23:${doorPort}.`,
      `For example:  npm run join 192.168.1.23:${doorPort} abcdef Ben`,
    )
  }
  const url = new URL(text)
  if (bare && !url.port) url.port = String(doorPort)
  return url.origin
}
