import { z } from 'zod'
import { steps } from '../course/course.ts'
import { taskNames } from '../course/tasks.ts'
import type { BoardEvents, GuestEvents, StepReport } from './room-events.ts'

// What may come over the wire. Types stop at the network: a guest may send anything.

const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u // control, direction, no width, no ink
const seen = /[\p{L}\p{N}\p{P}\p{S}]/u // a letter, a digit, a sign
/** characters */
export const maxNameLength = 24
const aYear = 366 * 24 * 3_600 // s

const nameLength = `A name has 1 to ${maxNameLength} characters.`

/** What somebody is called on the board. */
export const nameField = z
  .string(nameLength)
  .transform((name) => name.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1, nameLength)
      .max(maxNameLength, nameLength)
      .refine(
        (name) => !unseen.test(name) && seen.test(name),
        'A name may only have characters that can be seen.',
      ),
  )

const number = (max: number) => z.int().min(0).max(max)
const stepNumber = z.int().refine((wanted) => steps.some((step) => step.number === wanted), 'No such step.')
const text = (max: number) => {
  const length = `That is a text of 1 to ${max} characters.`
  return z
    .string(length)
    .max(max, length)
    .refine((words) => words.trim() !== '', length)
}
const ago = number(aYear)
const taskCounts = new Map(steps.map((step) => [step.number, taskNames(step).length]))

/** The first thing that an event carries. */
export type Carries<Events, Name extends keyof Events> = Events[Name] extends (
  wanted: infer Wanted,
  acknowledge: never,
) => void
  ? Wanted
  : never

type Fields<Events> = { [Name in keyof Events]: z.ZodType<Carries<Events, Name>> }

/** The room keeps a row for each task that is told: tasks that are none would slow down everybody. */
function hasOnlyItsTasks({ number: step, tasks }: StepReport): boolean {
  const count = taskCounts.get(step) ?? 0
  return tasks.length <= count && tasks.every(([task]) => task <= count)
}

/** What a laptop or a phone may send with each event. */
export const guestFields: Fields<Omit<GuestEvents, 'leave'>> = {
  join: z.object({ name: nameField.optional() }),
  report: z.object({
    step: stepNumber.optional(),
    steps: z
      .array(
        z
          .object({
            number: stepNumber,
            tasks: z.array(z.tuple([number(99), ago])).max(99),
            doneAgo: ago.optional(),
          })
          .refine(hasOnlyItsTasks, 'No such task.'),
      )
      .max(steps.length),
    helpAgo: ago.optional(),
    noted: number(Number.MAX_SAFE_INTEGER),
  }),
  vote: z.object({ question: z.int(), answer: number(3) }),
}

const people = z.array(z.int()).max(1_000)

/** What the board may send with each event. */
export const boardFields: Fields<BoardEvents> = {
  tell: z.object({ to: people, text: text(500) }),
  hint: z.object({ to: people, step: stepNumber, rung: number(9) }),
  take: z.object({ to: people, step: stepNumber, checkpoint: number(99) }),
  helped: z.object({ id: z.int() }),
  remove: z.object({ id: z.int() }),
  ask: z.object({ text: text(600), answers: z.array(text(100)).min(2).max(4) }),
  close: z.object({ away: z.boolean() }),
  place: z.object({ step: stepNumber, checkpoint: number(99) }),
  agenda: z.object({ first: stepNumber, beganAt: number(Number.MAX_SAFE_INTEGER) }),
}
