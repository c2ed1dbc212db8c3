/** Figures as people read them: three digits tell enough. */
export function formatFigure(value: number): string {
  if (value === 0) return '0'
  if (value >= 100) return formatWhole(value)
  return value.toFixed(value >= 10 ? 1 : 2)
}

/** A whole number with commas: `20,000`. */
export function formatWhole(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** The largest unit that still says enough: `45 minutes`, `20 hours`, `3 days`. */
export function formatMinutes(minutes: number): string {
  if (minutes < 90) return `${formatWhole(minutes)} minutes`
  return minutes < 48 * 60 ? `${formatWhole(minutes / 60)} hours` : `${formatWhole(minutes / 60 / 24)} days`
}

/** A figure of several rounds. */
export interface Spread {
  median: number
  min: number
  max: number
}

/** @throws Error when there are none */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other)
  return { median: quantile(sorted, 0.5), min: quantile(sorted, 0), max: quantile(sorted, 1) }
}

/**
 * @param sorted from the smallest up
 * @param part 0.5 for the median, 0.99 for what 99 of 100 stay under; between two values it is on the line between them
 * @throws Error when there are none
 */
export function quantile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part
  const lower = sorted[Math.floor(at)]
  const upper = sorted[Math.ceil(at)]
  if (lower === undefined || upper === undefined) throw new Error('a quantile of no values')
  return lower + (upper - lower) * (at - Math.floor(at))
}

/** Numbers from 0 up to 1 that look random, and are the same ones for the same seed (xorshift32, Marsaglia 2003). */
export function randomFrom(seed: number): () => number {
  let state = seed * 2_654_435_761 || 1 // neighbouring seeds would begin alike
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
