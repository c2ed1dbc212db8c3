const minute = 60_000 // ms
const longestBreak = 30 * minute
const longestDay = 12 * 60 * minute // a lesson that began earlier is another one

/**
 * When a slide is due to begin, ms after the start.
 *
 * @param minutes how long each slide takes
 * @param at which one, from 0
 */
export function dueMs(minutes: readonly number[], at: number): number {
  return minutes.slice(0, at).reduce((sum, one) => sum + one, 0) * minute
}

/**
 * When the section of a slide is due to end, ms after the start.
 *
 * @param sections the section of each slide
 * @param at which slide, from 0
 */
export function sectionEndMs(minutes: readonly number[], sections: readonly string[], at: number): number {
  const next = sections.findIndex((section, index) => index > at && section !== sections[at])
  return dueMs(minutes, next < 0 ? minutes.length : next)
}

/**
 * How far a presenter is from the plan, ms: above 0 when behind, below 0 when ahead, 0 as long as the slide is to be shown.
 *
 * @param at the slide that is shown, from 0
 * @param elapsedMs since the start
 */
export function offMs(minutes: readonly number[], at: number, elapsedMs: number): number {
  const [from, to] = [dueMs(minutes, at), dueMs(minutes, at + 1)]
  if (elapsedMs > to) return elapsedMs - to
  return elapsedMs < from ? elapsedMs - from : 0
}

/**
 * When the lesson began, ms since 1970.
 *
 * @param stored what is kept in the browser; null when nothing is
 * @returns undefined when it has not begun, or did so on another day
 */
export function beganAt(stored: string | null, nowMs: number): number | undefined {
  const began = Number(stored ?? Number.NaN)
  return nowMs - began < longestDay ? began : undefined
}

/**
 * What is left of the minutes that the room has for a slide, ms; below 0 once they are over.
 *
 * @param stored when they began, as it is kept in the browser; null when they did not
 * @returns undefined when they have to begin: they did not, or were over so long ago that it was for another room
 */
export function leftMs(minutes: number, stored: string | null, nowMs: number): number | undefined {
  const began = Number(stored ?? Number.NaN)
  const left = minutes * minute - (nowMs - began)
  return left > -longestBreak && began <= nowMs ? left : undefined
}

/** `on time`, `1 minute behind`, `3 minutes ahead`; less than a minute is nothing. */
export function describePace(off: number): string {
  const minutes = Math.floor(Math.abs(off) / minute)
  if (minutes === 0) return 'on time'
  return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ${off > 0 ? 'behind' : 'ahead'}`
}

/** `1:02:03`, or `4:05` below an hour; `−4:05` below zero. */
export function formatDuration(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1_000)
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)]
  const two = (figure: number) => String(figure).padStart(2, '0')
  const digits = `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`
  return ms < 0 ? `−${digits}` : digits
}

/** The time of day, `14:05`. */
export function formatTime(ms: number): string {
  return new Date(ms).toTimeString().slice(0, 5)
}
