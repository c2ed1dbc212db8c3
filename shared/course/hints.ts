import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { wrap } from '../terminal/wrap.ts'
import type { Step } from './course.ts'

/** The rungs of a step's hints.md, read from its folder: see {@link rungsIn}. */
export async function hintsOf(step: Step): Promise<string[]> {
  return rungsIn(await readFile(join(step.dir, 'hints.md'), 'utf8'))
}

/**
 * The rungs in the text of a hints.md: what stands under each of its `## ` headings, heading included.
 *
 * @returns Markdown, a text for each rung
 */
export function rungsIn(source: string): string[] {
  return source
    .split(/^(?=## )/m)
    .slice(1)
    .map((rung) => rung.trim())
}

/**
 * Markdown as it reads in a terminal: headings without their marks, code set in instead of fenced, paragraphs as wide as
 * the terminal.
 *
 * @param width in characters; for Infinity, lines end where they end in the file
 */
export function forTerminal(markdown: string, width = Infinity): string {
  let inCode = false
  const text = width === Infinity ? markdown : joined(markdown)
  const lines = text.split('\n').flatMap((line) => {
    if (line.startsWith('```')) {
      inCode = !inCode
      return []
    }
    return inCode ? `    ${line}`.trimEnd() : wrap(line.replace(/^#+ /, ''), width, listMark(line))
  })
  return lines.join('\n')
}

/** With each paragraph in one line; code and lists stay as they are. */
function joined(markdown: string): string {
  const parts = markdown.split(/(^```[^]*?^```$)/m)
  return parts
    .map((part) => (part.startsWith('```') ? part : part.replaceAll(/(?<=[^\n])\n(?=[^\n#>|*\d-])/g, ' ')))
    .join('')
}

/** How wide the mark of a list's item is; 0 for any other line. */
function listMark(line: string): number {
  return /^(- |\d+\. )?/.exec(line)![0].length
}
