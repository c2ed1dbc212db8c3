import { paint } from './colour.ts'
import { widthOf } from './wrap.ts'

/**
 * A line that the next one overwrites; an empty text takes it away. Where it can't be overwritten, in a file or a pipe, it
 * is not written.
 */
export function showProgress(text: string): void {
  const { isTTY } = process.stdout
  // A longer one would wrap, and its first part would stay.
  if (isTTY) process.stdout.write(`\r\x1b[K${paint('dim', text.slice(0, widthOf(process.stdout) - 1))}`)
}
