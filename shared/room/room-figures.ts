import type { Person, StepOnBoard } from './room-events.ts'

// What the board works out of its rows. Pure, and told the time: tested beside this file.

const minute = 60_000 // ms
const silentMs = 5 * minute

/** The agendas of INSTRUCTOR.md: the step that each begins with, and the minutes before it, in which the room is opened. */
export const agendas = [
  { part: 'one', first: 1, openingMinutes: 4 },
  { part: 'two', first: 8, openingMinutes: 0 },
  { part: 'three', first: 16, openingMinutes: 0 },
] as const

/** When a step is due, by the agenda. */
export interface Due {
  readonly step: number
  /** ms since 1970 */
  readonly begins: number
  readonly ends: number
}

/**
 * An agenda's steps with their times, up to the step that the next agenda begins with.
 *
 * @param first the step that it begins with
 * @param beganAt ms since 1970
 */
export function dueSteps(steps: readonly StepOnBoard[], first: number, beganAt: number): Due[] {
  const end = agendas.find((other) => other.first > first)?.first ?? Infinity
  const { openingMinutes = 0 } = agendas.find((agenda) => agenda.first === first) ?? {}
  let begins = beganAt + openingMinutes * minute
  return steps
    .filter(({ number }) => number >= first && number < end)
    .map(({ number, minutes }) => {
      const due = { step: number, begins, ends: begins + minutes * minute }
      begins = due.ends
      return due
    })
}

/** How the room does at a step: how many have passed it, and their median time, ms; undefined while nobody has in this room. */
export function barOf(people: readonly Person[], step: number): { passed: number; medianMs?: number } {
  const took = people
    .flatMap((person) => {
      const doneAt = person.done[step]
      // Where they began it: when the step before passed, or when they came.
      const from = Math.max(person.joinedAt, person.done[step - 1] ?? 0)
      return doneAt !== undefined && doneAt > from ? [doneAt - from] : []
    })
    .toSorted((a, b) => a - b)
  const passed = people.filter((person) => person.done[step] !== undefined).length
  return { passed, medianMs: took[Math.floor(took.length / 2)] }
}

/**
 * The first step that fewer than half of the people have passed; undefined when there is none, or nobody.
 *
 * @param first the agenda's first step: a class that begins there has passed none of those before it
 */
export function roomStep(
  people: readonly Person[],
  steps: readonly StepOnBoard[],
  first = 1,
): number | undefined {
  if (people.length === 0) return undefined
  return steps.find(({ number }) => number >= first && barOf(people, number).passed * 2 < people.length)
    ?.number
}

/**
 * How far the room is from its agenda, ms: above 0 when behind, below 0 when ahead, 0 while its step is due.
 *
 * @param step the room's
 * @returns undefined for a step that is not in the agenda
 */
export function behindMs(due: readonly Due[], step: number | undefined, now: number): number | undefined {
  const wanted = due.find((one) => one.step === step)
  if (!wanted) return undefined
  if (now > wanted.ends) return now - wanted.ends
  return now < wanted.begins ? now - wanted.begins : 0
}

/** Who asked for help, the oldest first. */
export function askedForHelp(people: readonly Person[]): Person[] {
  return people
    .filter(({ helpAt }) => helpAt !== undefined)
    .toSorted((a, b) => (a.helpAt ?? 0) - (b.helpAt ?? 0))
}

/** Of whom nobody has heard for five minutes: a laptop that sleeps, or a person who has left. The longest first. */
export function silent(people: readonly Person[], now: number): Person[] {
  return people
    .filter(({ isHere, heardAt }) => !isHere && now - heardAt >= silentMs)
    .toSorted((a, b) => a.heardAt - b.heardAt)
}

/** Who is at an earlier step than the instructor, and could be taken along. */
export function behindPlace(people: readonly Person[], place?: { step: number }): Person[] {
  return place
    ? people.filter(({ step = 0, done }) => step < place.step && done[place.step] === undefined)
    : []
}

/** `just now`, `9 min`, `2 h` */
export function since(ms: number): string {
  const minutes = Math.floor(ms / minute)
  if (minutes < 1) return 'just now'
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`
}
