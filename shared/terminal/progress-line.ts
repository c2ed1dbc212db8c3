import { paint } from './colour.ts'

/**
 * A line that the next one overwrites; an empty text takes it away. Where it can't be overwritten, in a file or a pipe, it
 * is not written.
 */
export function showProgress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${paint('dim', text)}`)
}
