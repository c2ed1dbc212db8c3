import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
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

/** Markdown as it reads in a terminal: headings without their marks, code set in instead of fenced. */
export function forTerminal(markdown: string): string {
  let inCode = false
  const lines = markdown.split('\n').flatMap((line) => {
    if (line.startsWith('```')) {
      inCode = !inCode
      return []
    }
    return inCode ? `    ${line}`.trimEnd() : line.replace(/^#+ /, '')
  })
  return lines.join('\n')
}
