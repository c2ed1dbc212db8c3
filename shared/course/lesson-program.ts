import { readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { before, programFilesIn, type Step } from './course.ts'
import { BrokenLesson, readLesson, type Block, type Lesson, type Named } from './lesson.ts'

/** The files of a program: their text, by their path from its folder, `page/client.ts`. */
export type Program = Map<string, string>

/** The program that lies in a folder. */
export function programIn(dir: string): Program {
  return new Map(
    programFilesIn(dir).map((file) => [file, readFileSync(join(dir, file), 'utf8').replaceAll('\r\n', '\n')]),
  )
}

/** Makes a folder hold this program and no other; what is no program file stays. */
export async function writeProgram(program: Program, dir: string): Promise<void> {
  for (const file of programFilesIn(dir)) if (!program.has(file)) await rm(join(dir, file))
  for (const [file, text] of program) {
    await mkdir(dirname(join(dir, file)), { recursive: true })
    await writeFile(join(dir, file), text)
  }
}

/**
 * Where a step starts: the finished step before it, without the files that are gone, and with those that are given.
 *
 * @param step whose lesson may be text alone: nothing is given then
 * @param from the finished step before it
 * @throws BrokenLesson when the lesson is not of the form, or names a file that is not there
 */
export function startOf(step: Step, from = before(step)): Program {
  const program = programIn(from.dir)
  const lesson = readLesson(step)
  if (!lesson) return program
  for (const named of lesson.gone) {
    if (!program.delete(named.file)) throw broken(lesson, named, `\`${named.file}\` is not in ${from.name}`)
  }
  const finished = programIn(step.dir)
  for (const named of lesson.given) {
    const text = finished.get(named.file)
    if (text === undefined) throw broken(lesson, named, `\`${named.file}\` is not in ${step.name}`)
    program.set(named.file, text)
  }
  return program
}

/**
 * The program behind a checkpoint.
 *
 * @param checkpoint its number; 0 is where the step starts
 * @throws BrokenLesson as {@link startOf} and {@link applyUpTo} do, and when the lesson is text alone
 */
export function programAt(step: Step, checkpoint: number, from = before(step)): Program {
  const program = startOf(step, from)
  const lesson = readLesson(step)
  if (lesson) return applyUpTo(lesson, program, checkpoint)
  if (checkpoint === 0) return program
  throw new BrokenLesson(`steps/${step.name}/README.md`, 1, 'it has no checkpoints')
}

/**
 * Applies a lesson's blocks.
 *
 * @param program what they are applied to; it stays as it is
 * @param checkpoint the number of the one to stop at; default: to the end of the text
 * @throws BrokenLesson when a block does not fit, with what was found instead, or when there is no such checkpoint
 */
export function applyUpTo(lesson: Lesson, program: Program, checkpoint?: number): Program {
  const made = new Map(program)
  if (checkpoint === 0) return made
  for (const part of lesson.parts) {
    if (part.is !== 'checkpoint') apply(part, made, lesson)
    else if (part.number === checkpoint) return made
  }
  if (checkpoint === undefined) return made
  throw new BrokenLesson(lesson.path, 1, `it has no checkpoint ${checkpoint}`)
}

/**
 * Which block of a lesson wrote each line of the program that the blocks make.
 *
 * @param program what they are applied to; it stays as it is
 * @returns by file, for each line its block; undefined for a line that no block wrote
 * @throws BrokenLesson when a block does not fit
 */
export function writersIn(lesson: Lesson, program: Program): Map<string, (Block | undefined)[]> {
  const made = new Map(program)
  const writers = new Map<string, (Block | undefined)[]>()
  for (const [file, text] of program)
    writers.set(
      file,
      linesOf(text).map(() => undefined),
    )
  for (const part of lesson.parts) {
    if (part.is === 'checkpoint' || part.is === 'quote') continue
    const lines = linesOf(made.get(part.file) ?? '')
    apply(part, made, lesson)
    if (part.is === 'new') {
      writers.set(
        part.file,
        part.lines.map(() => part),
      )
      continue
    }
    const old = part.lines.filter((line) => !line.startsWith('+')).map((line) => line.slice(1))
    const at = find(part, old, lines, lesson)
    const earlier = writers.get(part.file) ?? []
    let next = at
    const now = part.lines.flatMap((line) => {
      if (line.startsWith('+')) return [part]
      const writer = earlier[next++]
      return line.startsWith('-') ? [] : [writer]
    })
    writers.set(part.file, earlier.toSpliced(at, old.length, ...now))
  }
  return writers
}

function apply(block: Block, program: Program, lesson: Lesson): void {
  const text = program.get(block.file)
  if (block.is === 'new') {
    if (text !== undefined) throw broken(lesson, block, `${block.file} is no new file: it is there already`)
    program.set(block.file, block.lines.map((line) => `${line}\n`).join(''))
    return
  }
  if (text === undefined) {
    throw broken(
      lesson,
      block,
      `there is no ${block.file} yet; the program has ${[...program.keys()].join(', ')}`,
    )
  }
  const lines = linesOf(text)
  if (block.is === 'quote') find(block, dedent(block.lines), lines, lesson, dedent)
  else program.set(block.file, changed(block, lines, lesson) + (text.endsWith('\n') ? '\n' : ''))
}

/** The text of a file behind a hunk, without its last line end. */
function changed(block: Block, lines: readonly string[], lesson: Lesson): string {
  const signed = block.lines.map((line) => line || ' ') // editors take away the space of an empty line
  const strange = signed.find((line) => !/^[ +-]/.test(line))
  if (strange !== undefined) {
    throw broken(
      lesson,
      block,
      `a line of the diff of ${block.file} begins with neither a space nor + nor -: ${strange}`,
    )
  }
  if (signed.every((line) => line.startsWith(' ')))
    throw broken(lesson, block, `the diff of ${block.file} changes nothing`)
  const without = (sign: string) =>
    signed.filter((line) => !line.startsWith(sign)).map((line) => line.slice(1))
  const old = without('+')
  if (old.length === 0) {
    throw broken(
      lesson,
      block,
      `the diff of ${block.file} does not say where its lines go: it has no line of the file`,
    )
  }
  const at = find(block, old, lines, lesson)
  return lines.toSpliced(at, old.length, ...without('-')).join('\n')
}

/**
 * Where lines stand in a file, from 0: once, and one below the other.
 *
 * @param seen what is made of lines before they are compared
 * @throws BrokenLesson when they stand nowhere, or, for a hunk, in more than one place
 */
function find(
  block: Block,
  wanted: readonly string[],
  lines: readonly string[],
  lesson: Lesson,
  seen: (some: readonly string[]) => readonly string[] = (some) => some,
): number {
  const pieces = lines.map((_line, at) => seen(lines.slice(at, at + wanted.length)))
  const places = pieces.flatMap((piece, at) =>
    wanted.every((line, index) => piece[index] === line) ? [at] : [],
  )
  const [place] = places
  if (place !== undefined && (places.length === 1 || block.is === 'quote')) return place
  const is = block.is === 'quote' ? 'the quote' : 'the old text of the diff'
  if (place !== undefined) {
    const found = places.map((at) => at + 1).join(', ')
    throw broken(
      lesson,
      block,
      `${is} of ${block.file} stands ${places.length} times in it, not once: at lines ${found}`,
    )
  }
  const alike = pieces.map((piece) => wanted.reduce((sum, line, at) => sum + likeness(line, piece[at]), 0))
  const nearest = alike.indexOf(Math.max(...alike))
  const piece = pieces[nearest] ?? []
  const differs = wanted.findIndex((line, index) => piece[index] !== line)
  throw broken(
    lesson,
    block,
    `${is} does not stand in ${block.file}.\n` +
      `it says:            ${wanted[differs] ?? ''}\n` +
      `the nearest line is: ${piece[differs] ?? '(the end of the file)'}  (${block.file} line ${nearest + differs + 1}, as it is at this point)`,
  )
}

/** 1 for the same line, less than a half for some of the same words. */
function likeness(line: string, other = ''): number {
  if (line === other) return 1
  const [words, others] = [wordsOf(line), wordsOf(other)]
  const shared = words.filter((word) => others.includes(word)).length
  return shared / (2 * Math.max(words.length, others.length) + 1)
}

function wordsOf(line: string): string[] {
  return line.match(/\w+/g) ?? []
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n')
}

function dedent(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length)
  const shared = indents.length > 0 ? Math.min(...indents) : 0
  return lines.map((line) => line.slice(shared))
}

function broken({ path }: Lesson, { line }: Named, what: string): BrokenLesson {
  return new BrokenLesson(path, line, what)
}
