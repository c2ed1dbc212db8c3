import { paint } from '#shared/terminal/colour'

const width = 20

/** A line on stderr that the next one overwrites: the result alone goes to stdout. Nothing where it is no terminal. */
export function showProgress(done: number, what: string): void {
  if (!process.stderr.isTTY) return
  const full = Math.round(Math.min(1, done) * width)
  const bar = '█'.repeat(full) + '░'.repeat(width - full)
  const room = (process.stderr.columns ?? 80) - width - 8
  process.stderr.write(
    `\r\x1b[K${bar} ${String(Math.round(done * 100)).padStart(3)} %  ${paint('dim', what.slice(0, room))}`,
  )
}

export function hideProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
}
