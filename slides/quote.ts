import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { diffArrays, diffWordsWithSpace } from 'diff'
import { before, root, type Step, steps } from '#shared/course/course'
import { type Block, readLesson } from '#shared/course/lesson'
import { applyUpTo, startOf, writersIn } from '#shared/course/lesson-program'
import { BrokenSlide } from './broken-slide.ts'

export const maxLines = 12

/** One line of code on a slide. */
export interface QuotedLine {
  /** as it stands in its file, without the indentation that all lines share */
  readonly text: string
  /** where it stands, from 0; undefined for `…` between two pieces */
  readonly at?: number
  /** `gone` stands in the step before and not here */
  readonly mark: 'new' | 'kept' | 'gone' | 'gap'
  /** of a new line, the one of the step before in whose place it stands, when most of it is still there */
  readonly was?: string | undefined
}

/** Code on a slide. */
export interface Quote {
  readonly lines: QuotedLine[]
  /** what the slide marks in them, each once */
  readonly named: string[]
  /** the lesson's headings, in their order, below which a block has one of these lines typed; none for a given file */
  readonly sections: string[]
}

/**
 * The lines that a slide names: of a step, as the blocks of its lesson make them.
 *
 * @param file from the project's folder, `steps/05-nicknames/server.ts`
 * @param reference a piece a line, as README.md says
 * @param project the project's folder, or that of a copy
 * @throws BrokenSlide when a piece, or what is to be marked, stands nowhere or in two places; when no block of the lesson has one
 *   of the lines typed, and the file is not given; when the blocks make something else than the file; or when all together are
 *   too long for a slide
 * @throws BrokenLesson when a block does not fit
 */
export function quote(file: string, reference: string, project = root): Quote {
  const lines = linesOf(join(project, file), file)
  const step = stepOf(file)
  const earlier = step && fileBefore(file, step, project)
  const linesBefore = earlier ? linesOf(earlier, file) : []
  const isNew = newLines(linesBefore, lines)
  const writers = step && writersOf(step, file, lines, project)

  const quoted: QuotedLine[] = []
  const named: string[] = []
  let next: number | undefined
  for (const piece of reference.split('\n').filter((one) => one.trim())) {
    const marked = /^! (.+)$/.exec(piece)?.[1]
    if (marked !== undefined) {
      named.push(marked)
      continue
    }
    const gone = /^- (.+)$/.exec(piece)?.[1]
    const [from, to] =
      gone === undefined
        ? rangeOf(piece, lines, file)
        : rangeOf(gone, linesBefore, `${file} of the step before`)
    if (gone === undefined && next !== undefined && from !== next) quoted.push({ text: '…', mark: 'gap' })
    for (let at = from; at <= to; at++) {
      const text = (gone === undefined ? lines : linesBefore)[at] ?? ''
      if (gone !== undefined && lines.some((line) => line.trim() === text.trim()))
        throw new BrokenSlide(`“${gone}” is not gone: it stands in ${file} still`)
      const mark = gone === undefined ? (isNew.has(at) ? 'new' : 'kept') : 'gone'
      quoted.push({ text, at, mark, was: mark === 'new' ? isNew.get(at) : undefined })
    }
    if (gone === undefined) next = to + 1
  }
  const code = quoted.filter(({ mark }) => mark !== 'gap').length
  if (code > maxLines) throw new BrokenSlide(`${code} lines of ${file}: a slide holds ${maxLines}`)
  const blocks = quoted.flatMap(
    ({ at, mark }) => (at !== undefined && mark !== 'gone' && writers?.[at]) || [],
  )
  if (writers && blocks.length === 0 && !quoted.some(({ mark }) => mark === 'gone'))
    throw new BrokenSlide(`no block of steps/${step?.name}/README.md has one of these lines of ${file} typed`)
  for (const words of named) {
    const times = quoted.filter(({ text }) => text.includes(words)).length
    if (times !== 1) throw new BrokenSlide(`“${words}” is to be marked, and stands in ${times} of its lines`)
  }
  return { lines: dedent(quoted), named, sections: [...new Set(blocks.map(({ section }) => section))] }
}

/**
 * Which block of the lesson wrote each line of a file.
 *
 * @returns undefined when the file is given, and when the lesson is text alone
 */
function writersOf(
  step: Step,
  file: string,
  lines: readonly string[],
  project: string,
): (Block | undefined)[] | undefined {
  const there = (one: Step): Step => ({ ...one, dir: join(project, 'steps', one.name) })
  const own = file.replace(`steps/${step.name}/`, '')
  const lesson = existsSync(join(there(step).dir, 'README.md')) ? readLesson(there(step)) : undefined
  if (!lesson || lesson.given.some((given) => given.file === own)) return undefined
  const start = startOf(there(step), there(before(step)))
  const made = applyUpTo(lesson, start).get(own)?.split('\n') ?? []
  const differs = made.findIndex((line, at) => line !== lines[at])
  if (differs >= 0 || made.length !== lines.length) {
    const at = differs < 0 ? made.length : differs + 1
    throw new BrokenSlide(`the blocks of ${lesson.path} do not make ${file}: line ${at} is another`)
  }
  return writersIn(lesson, start).get(own)
}

/** The same file in the step before, absolute: there, a page's may still lie beside server.ts. */
function fileBefore(file: string, step: Step, project: string): string | undefined {
  const dir = join(project, 'steps', before(step).name)
  const names = [file.replace(`steps/${step.name}/`, ''), basename(file)]
  return names.map((name) => join(dir, name)).find((path) => existsSync(path))
}

/** The step in whose folder a file stands. */
export function stepOf(file: string): Step | undefined {
  return steps.find(({ name }) => file.startsWith(`steps/${name}/`))
}

function linesOf(path: string, file: string): string[] {
  if (!existsSync(path)) throw new BrokenSlide(`there is no ${file}`)
  return readFileSync(path, 'utf8').split('\n')
}

/** First and last line of a piece, from 0. */
function rangeOf(piece: string, lines: readonly string[], file: string): [from: number, to: number] {
  const [first = '', last] = piece.split('…').map((part) => part.trim())
  const found = lines.flatMap((line, at) => (line.includes(first) ? [at] : []))
  const [from] = found
  if (from === undefined) throw new BrokenSlide(`“${first}” does not stand in ${file}`)
  if (found.length > 1)
    throw new BrokenSlide(`“${first}” stands in ${found.length} lines of ${file}, and one is meant`)
  if (last === undefined) return [from, from]
  const indent = indentOf(lines[from] ?? '')
  const ends = (line: string) => (last ? line.includes(last) : line.trim() !== '' && indentOf(line) <= indent)
  const to = lines.findIndex((line, at) => at > from && ends(line))
  if (to >= 0) return [from, to]
  throw new BrokenSlide(
    last ? `below “${first}”, “${last}” does not stand in ${file}` : `“${first}” opens nothing in ${file}`,
  )
}

/** Which lines the earlier text does not have, from 0, and what stood there. An indentation is no change. */
function newLines(earlier: readonly string[], now: readonly string[]): Map<number, string | undefined> {
  const found = new Map<number, string | undefined>()
  let at = 0
  let gone: string[] = []
  for (const { added, removed, count, value } of diffArrays(trimmed(earlier), trimmed(now))) {
    if (removed) {
      gone = value
      continue
    }
    if (added)
      for (const [i, line] of value.entries())
        found.set(
          at + i,
          gone.find((one) => isMostly(one, line)),
        )
    gone = []
    at += count
  }
  // A brace is like any other. Whether it is new, the line says that it closes.
  for (const [closing, line] of now.entries()) {
    if (!/^\s*[)}\]]+[,;]?$/.test(line)) continue
    const opening = now.findLastIndex(
      (one, index) => index < closing && one.trim() !== '' && indentOf(one) <= indentOf(line),
    )
    if (found.has(opening)) found.set(closing, undefined)
    else found.delete(closing)
  }
  return found
}

/** True when more than half of a line's characters stand in the other one, in the same order of words. */
function isMostly(was: string, line: string): boolean {
  const same = diffWordsWithSpace(was, line).filter(({ added, removed }) => !added && !removed)
  return same.reduce((sum, { value }) => sum + value.trim().length, 0) * 2 > line.length
}

function trimmed(lines: readonly string[]): string[] {
  return lines.map((line) => line.trim())
}

function dedent(lines: readonly QuotedLine[]): QuotedLine[] {
  const indents = lines
    .filter(({ text, mark }) => mark !== 'gap' && text.trim())
    .map(({ text }) => indentOf(text))
  const shared = Math.min(...indents)
  return lines.map((line) => (line.mark === 'gap' ? line : { ...line, text: line.text.slice(shared) }))
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
