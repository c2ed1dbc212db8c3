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
