import { before } from '#shared/course/course'
import { isProgram, type Lesson, parseLesson } from '#shared/course/lesson'
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

/** What a hint shows is what the lesson has the learner type: each piece of its code has lines of the lesson's blocks alone. */
export function fromBlocks({ blocks, step, at }: Document, { read }: Texts): CourseResult[] {
  const path = step && pathIn(step, 'README.md')
  const source = path && read(path)
  if (!source || !isProgram(source)) return []
  const lesson = parseLesson(source, path)
  return blocks
    .filter(({ type, info }) => type === 'fence' && info.startsWith('ts '))
    .map(({ info, content, map }) => {
      const [, file = ''] = info.trim().split(/\s+/)
      const typed = new Set<string>()
      const shown = new Set<string>()
      for (const { line, isTyped } of linesInBlocks(lesson, file)) (isTyped ? typed : shown).add(line.trim())
      const what = `the code in line ${(map?.[0] ?? 0) + 1} (${info.trim()}) is the lesson's`
      for (const piece of piecesOf(content)) {
        const lines = piece.map((line) => line.trim()).filter(Boolean)
        const strange = lines.find((line) => !typed.has(line) && !shown.has(line))
        if (strange !== undefined) return at(what, `no block of ${path} has this line of ${file}: ${strange}`)
        if (!lines.some((line) => typed.has(line))) {
          return at(what, `no block of ${path} has one of these lines typed:\n${piece.join('\n')}`)
        }
      }
      return at(what)
    })
}

/** The lines of a file that a lesson's blocks have: those that are typed, and those that stand around them. */
function linesInBlocks({ parts }: Lesson, file: string): { line: string; isTyped: boolean }[] {
  return parts.flatMap((part) => {
    if (part.is === 'checkpoint' || part.is === 'quote' || part.file !== file) return []
    if (part.is === 'new') return part.lines.map((line) => ({ line, isTyped: true }))
    return part.lines
      .filter((line) => !line.startsWith('-'))
      .map((line) => ({ line: line.slice(1), isTyped: line.startsWith('+') }))
  })
}

/** The first piece of a quote that does not stand in the file, or undefined. */
function quoteDrift(quote: string, lines: string[]): string | undefined {
  const drifted = piecesOf(quote).find((piece) => !stands(piece, lines))
  return drifted && `these lines do not stand there word for word:\n${drifted.join('\n')}`
}

/** The pieces of a quote, between which lines are left out. */
function piecesOf(quote: string): string[][] {
  const pieces: string[][] = [[]]
  for (const line of quote.trimEnd().split('\n')) {
    if (leftOut.test(line)) pieces.push([])
    else pieces.at(-1)!.push(line)
  }
  return pieces.map(trimBlank).filter((piece) => piece.length > 0)
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
