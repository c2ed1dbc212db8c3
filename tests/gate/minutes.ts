import { basename } from 'node:path'
import { diffLines } from 'diff'
import { before, isPageFile, type Step } from '#shared/course/course'
import { readLesson, type Lesson } from '#shared/course/lesson'
import { programIn, startOf, type Program } from '#shared/course/lesson-program'
import { tableRows, type Document } from './document.ts'
import type { CourseResult } from './course-result.ts'
import type { Texts } from './texts.ts'

/** The table of steps says of each what course.ts says: title, what the chat can now do, minutes. */
export function stepTable(document: Document, { steps }: Texts): CourseResult[] {
  const rows = tableRows(document)
  return steps.map(({ name, title, does, minutes }) => {
    const wanted = [`[${name.slice(0, 2)} · ${title}](steps/${name}/README.md)`, does, String(minutes)]
    const row = rows.find(([first = '']) => first.includes(`](steps/${name}/README.md)`))
    const isRight = row !== undefined && wanted.every((cell, index) => row[index] === cell)
    const broken = row
      ? `it is ${row.join(' | ')}\nand course.ts says ${wanted.join(' | ')}`
      : 'there is none'
    return document.at(`the row of step ${name}`, isRight ? undefined : broken)
  })
}

/**
 * An agenda is a table below a heading such as `## 120 minutes`, whose rows begin with the time and the minutes. Each row
 * begins when the one before it ends, all of them come to the heading's minutes, and a row with a lesson has its minutes.
 */
export function agendas(document: Document, { steps }: Texts): CourseResult[] {
  const sections = document.source.split(/^## /m).slice(1)
  return sections.flatMap((section) => {
    const [, total] = /^(\d+) minutes\b/.exec(section) ?? []
    return total === undefined ? [] : agenda(Number(total), section, document, steps)
  })
}

function agenda(total: number, source: string, { at }: Document, steps: readonly Step[]): CourseResult[] {
  const where = `the agenda of ${total} minutes`
  let now = 0
  const kept = rowsOf(source).map(([time = '', typed = '', what = '']) => {
    const begin = now
    const minutes = Number(typed)
    now += minutes
    const step = steps.find(({ name }) => what.includes(`](steps/${name}/README.md)`))
    return at(`${where}, ${time} ${what}`, rowDrift(time, begin, minutes, step))
  })
  return [...kept, at(where, now === total ? undefined : `its rows come to ${now}`)]
}

/** @param begin when the rows before it end, in minutes */
function rowDrift(time: string, begin: number, minutes: number, step?: Step): string | undefined {
  const due = `${Math.floor(begin / 60)}:${String(begin % 60).padStart(2, '0')}`
  if (time !== due) return `it begins at ${time}, and the rows before it end at ${due}`
  if (!step || step.minutes === minutes) return undefined
  return `${minutes} minutes, and course.ts gives step ${step.number} ${step.minutes}`
}

/** The slides of a step's section, `## Two kinds of memory {2 min}`, come to the step's minutes, below its title. */
export function slideMinutes({ path, source, at }: Document, { steps }: Texts): CourseResult[] {
  const step = steps.find(({ name }) => `${name}.md` === basename(path))
  if (!step) return []
  const slides = [...source.matchAll(/^## .*\{(\d+(?:\.\d+)?) min/gm)].map(([, minutes]) => Number(minutes))
  const sum = slides.reduce((all, minutes) => all + minutes, 0)
  const title = `# ${step.name.slice(0, 2)} · ${step.title}`
  return [
    at('its title', source.startsWith(`${title}\n`) ? undefined : `not “${title}”`),
    at(
      'the minutes of its slides',
      sum === step.minutes
        ? undefined
        : `they come to ${sum}, and course.ts gives step ${step.number} ${step.minutes}`,
    ),
  ]
}

/** The agenda of the deck's length gives each section of the deck, in their order, the minutes that the deck gives it. */
export function agendaOfDeck(
  instructor: Document,
  sections: readonly Document[],
  { steps }: Texts,
): CourseResult[] {
  if (sections.length === 0) return []
  const planned = sections
    .map(({ path, source }) => {
      const step = steps.find(({ name }) => `${name}.md` === basename(path))
      return step?.minutes ?? Number(/^# .*\{(\d+(?:\.\d+)?) min/.exec(source)?.[1])
    })
    .filter((minutes) => minutes !== 0) // what stands on the wall while people come in
  const total = planned.reduce((all, minutes) => all + minutes, 0)
  const agendaSource =
    instructor.source.split(/^## /m).find((one) => one.startsWith(`${total} minutes`)) ?? ''
  const typed = rowsOf(agendaSource).map(([, minutes]) => Number(minutes))
  const broken =
    typed.join() === planned.join()
      ? undefined
      : `it has ${typed.join(', ')}\nand the deck has ${planned.join(', ')}`
  return [instructor.at(`the agenda of ${total} minutes is that of the deck`, broken)]
}

/** The rows of an agenda: time, minutes, what. */
function rowsOf(source: string): string[][] {
  return tableRows({ source }).filter(([time = '']) => /^\d:\d\d$/.test(time))
}

const wordsAMinute = 200
const linesAMinute = 12

/** What a lesson asks of its reader. */
export interface LessonFigures {
  /** lines that a reader types; blank lines and comments are not counted */
  server: number
  page: number
  /** lines of given files that the step before does not have */
  given: number
  /** diffs and new files */
  blocks: number
  checkpoints: number
  /** minutes, up to the last checkpoint */
  reading: number
  typing: number
}

/**
 * @param start where the step starts
 * @param earlier the finished step before it
 */
export function lessonFigures(
  { parts, given, words }: Lesson,
  start: Program,
  earlier: Program,
): LessonFigures {
  const blocks = parts.filter((part) => part.is !== 'checkpoint').filter(({ is }) => is !== 'quote')
  const typed = blocks.flatMap(({ is, file, lines }) => {
    const added =
      is === 'new' ? lines : lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1))
    return added
      .filter((line) => !/^\s*($|\/\/|\/\*|\*\/|\* |<!--|-- )/.test(line))
      .map(() => isPageFile(file))
  })
  const addedTo = (file: string) =>
    diffLines(earlier.get(file) ?? '', start.get(file) ?? '')
      .filter(({ added }) => added)
      .reduce((sum, { count }) => sum + count, 0)
  return {
    server: typed.filter((isPage) => !isPage).length,
    page: typed.filter((isPage) => isPage).length,
    given: given.reduce((sum, { file }) => sum + addedTo(file), 0),
    blocks: blocks.length,
    checkpoints: parts.filter(({ is }) => is === 'checkpoint').length,
    reading: words / wordsAMinute,
    typing: typed.length / linesAMinute,
  }
}

/**
 * A table of {@link LessonFigures}, for maintainers: a line a step, a dash where a lesson is text alone. A stop is a
 * checkpoint; what is read, what is typed, and both of the step's are in minutes.
 */
export function lessonTable(steps: readonly Step[]): string[] {
  const head = ['server', 'page', 'given', 'blocks', 'stops', 'read', 'type', 'minutes']
  const rows = steps.map((step) => {
    const lesson = readLesson(step)
    if (!lesson) return [step.name, '–']
    const { reading, typing, ...counts } = lessonFigures(lesson, startOf(step), programIn(before(step).dir))
    const both = `${(reading + typing).toFixed(1)}/${step.minutes}`
    return [step.name, ...Object.values(counts).map(String), reading.toFixed(1), typing.toFixed(1), both]
  })
  const widest = Math.max(...steps.map(({ name }) => name.length))
  return [['', ...head], ...rows].map(([name = '', ...cells]) =>
    [name.padEnd(widest), ...cells.map((cell, index) => cell.padStart(head[index]?.length ?? 0))].join('  '),
  )
}
