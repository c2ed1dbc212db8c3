import { before } from '#shared/course/course'
import type { Document } from './document.ts'
import type { CourseResult } from './course-result.ts'
import { pathIn, type Texts } from './texts.ts'

/** What a text quotes stands word for word in the file that it names. */
export function quotes({ blocks, step, at }: Document, { read }: Texts): CourseResult[] {
  return blocks
    .filter(({ type }) => type === 'fence')
    .flatMap(({ info, content, map }) => {
      const [language = '', name = ''] = info.trim().split(/\s+/)
      const what = `the quote in line ${(map?.[0] ?? 0) + 1} (${info.trim() || 'no language'})`
      if (['sh', 'text'].includes(language) || ['sketch', 'example'].includes(name)) return []
      if (!name) return [at(what, 'it names no file that it quotes')]

      const text = read(step && (!name.includes('/') || name.startsWith('page/')) ? pathIn(step, name) : name)
      if (text === undefined) return [at(what, `there is no ${name}`)]
      const lines = text.split('\n')
      if (language === 'diff') {
        return [at(what, diffDrift(content, lines, (step && read(pathIn(before(step), name))) ?? ''))]
      }
      return [at(what, quoteDrift(content, lines))]
    })
}

const leftOut = /^\s*(\/\/|<!--|\/\*|#)?\s*…\s*(-->|\*\/)?$/

/** The first piece of a quote that does not stand in the file, or undefined. */
function quoteDrift(quote: string, lines: string[]): string | undefined {
  const pieces: string[][] = [[]]
  for (const line of quote.trimEnd().split('\n')) {
    if (leftOut.test(line)) pieces.push([])
    else pieces.at(-1)!.push(line)
  }
  const drifted = pieces.map(trimBlank).find((piece) => piece.length > 0 && !stands(piece, lines))
  return drifted && `these lines do not stand there word for word:\n${drifted.join('\n')}`
}

function stands(piece: string[], lines: string[]): boolean {
  const wanted = dedent(piece).join('\n')
  return lines.some((_, at) => dedent(lines.slice(at, at + piece.length)).join('\n') === wanted)
}

function dedent(lines: string[]): string[] {
  const indents = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length)
  const indent = Math.min(...indents)
  return lines.map((line) => line.slice(indent).trimEnd())
}

function trimBlank(lines: string[]): string[] {
  const first = lines.findIndex((line) => line.trim())
  const last = lines.findLastIndex((line) => line.trim())
  return first < 0 ? [] : lines.slice(first, last + 1)
}

/** Lines with `-` stand in the step before, lines with `+` or nothing in this one. */
function diffDrift(diff: string, lines: string[], textBefore: string): string | undefined {
  const trimmed = (some: string[]) => new Set(some.map((line) => line.trim()))
  const [now, then] = [trimmed(lines), trimmed(textBefore.split('\n'))]
  for (const line of diff.split('\n').filter((one) => one.trim() && !leftOut.test(one))) {
    const [there, name] = line.startsWith('-') ? [then, 'the step before'] : [now, 'this step']
    if (!there.has(line.slice(1).trim())) return `not in ${name}: ${line}`
  }
  return undefined
}
