const minute = 60_000 // ms

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

/** `on time`, `1 minute behind`, `3 minutes ahead`; less than a minute is nothing. */
export function paceInWords(off: number): string {
  const minutes = Math.floor(Math.abs(off) / minute)
  if (minutes === 0) return 'on time'
  return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ${off > 0 ? 'behind' : 'ahead'}`
}

/** `1:02:03`, or `4:05` below an hour. */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)]
  const two = (figure: number) => String(figure).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
