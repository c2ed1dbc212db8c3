import { stripVTControlCharacters } from 'node:util'

// What stays in one piece: behind two spaces up to the next two a command or a verdict, and a command within a sentence.
const piece =
  / *(?:(?<= {2})(?:(?:npm|node|export|set|curl) .*?|[A-Z][A-Z ]+)(?= {2}|$)|npm (?:start|install|test|run [\w:]+)(?: \d+)*|\S+)/g

/**
 * A line cut at spaces into lines that fit, each below its beginning. A command is never cut: it gets a line of its own,
 * which may be too long. What fits stays as it is.
 *
 * @param line colours in it do not count
 * @param width in characters
 * @param hanging how far lines but the first are set in; default: as far as the line itself
 */
export function wrap(line: string, width: number, hanging = line.search(/\S|$/)): string {
  const isTooLong = (text: string) => stripVTControlCharacters(text).length > width
  if (!isTooLong(line)) return line
  const lines = ['']
  for (const [text] of line.matchAll(piece)) {
    const last = lines.at(-1) ?? ''
    if (last.trim() === '' || !isTooLong(last + text)) lines[lines.length - 1] = last + text
    else lines.push(' '.repeat(hanging + (/^ {2,}npm /.test(text) ? 2 : 0)) + text.trimStart())
  }
  return lines.join('\n')
}

/** How wide the terminal is, in characters; Infinity for a file, a pipe, and a terminal that does not say (it says 0). */
export function widthOf({ columns }: { columns?: number }): number {
  return columns || Infinity
}

/** Prints lines, wrapped to the terminal's width; to a file or a pipe as they are. */
export function say(...lines: readonly string[]): void {
  const width = widthOf(process.stdout)
  for (const line of lines.flatMap((text) => text.split('\n'))) console.log(wrap(line, width))
}
