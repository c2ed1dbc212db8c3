/** Figures as people read them: three digits tell enough. */
export function inWords(value: number): string {
  if (value === 0) return '0'
  if (value >= 100) return Math.round(value).toLocaleString('en-US')
  return value.toFixed(value >= 10 ? 1 : 2)
}

/** `1 guest`, `10 guests`. */
export function plural(count: number, one: string): string {
  return `${inWholes(count)} ${count === 1 ? one : `${one}s`}`
}

export function inWholes(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}
