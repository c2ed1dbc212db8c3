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
