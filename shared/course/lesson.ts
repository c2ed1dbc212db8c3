import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { MarkdownIt, Token } from 'markdown-it'
import { Advice } from '../terminal/advice.ts'
import type { Step } from './course.ts'

/** A lesson that is a program: its blocks, in order, turn where the step starts into the finished step. */
export interface Lesson {
  /** from the project's folder, `steps/06-typing/README.md` */
  readonly path: string
  /** files that the command puts in place, as they stand in the finished step */
  readonly given: readonly Named[]
  /** files of the step before that this step no longer has */
  readonly gone: readonly Named[]
  /** blocks and checkpoints, in the order of the text */
  readonly parts: readonly (Block | Checkpoint)[]
  /** the words of the text up to the last checkpoint; code is not counted */
  readonly words: number
}

/** A file that the text names, and the line of the text, from 1. */
export interface Named {
  readonly file: string
  readonly line: number
}

export interface Block extends Named {
  /** `hunk`: a change of a file. `new`: a whole new file. `quote`: lines that stand in a file at this point. */
  readonly is: 'hunk' | 'new' | 'quote'
  /** the heading above it */
  readonly section: string
  /** what is inside the fence; a hunk's lines begin with a space, `+` or `-` */
  readonly lines: readonly string[]
}

export interface Checkpoint {
  readonly is: 'checkpoint'
  /** 1 for the first */
  readonly number: number
  readonly line: number
  /** the numbers of the tasks that it names, from 1; `all` are those of the check */
  readonly tasks: readonly number[] | 'all'
}

/** A lesson whose text is not of the form, or whose blocks do not fit. */
export class BrokenLesson extends Advice {
  /**
   * @param path the lesson, `steps/06-typing/README.md`
   * @param line where in its text, from 1
   */
  constructor(path: string, line: number, what: string) {
    super(`${path} line ${line}: ${what}`, 'The form of a lesson:  CONTRIBUTING.md, “How a step is written”')
  }
}

/** Loaded with the first lesson: a command that reads none starts sooner. */
let markdown: MarkdownIt | undefined
const require = createRequire(import.meta.url)
const parser = (): MarkdownIt => (markdown ??= new (require('markdown-it'))({ html: true }))

/** What a lesson shows without being about a file: a terminal, the wire, an answer. */
const noProgram = new Set(['sh', 'text', 'json', 'http'])

/**
 * A step's lesson.
 *
 * @returns undefined for a lesson without a checkpoint, which is text alone
 * @throws BrokenLesson when it is not of the form
 */
export function readLesson({ dir, name }: Step): Lesson | undefined {
  const text = readFileSync(join(dir, 'README.md'), 'utf8')
  return isProgram(text) ? parseLesson(text, `steps/${name}/README.md`) : undefined
}

/** Whether the text of a lesson has a checkpoint, and so is a program. */
export function isProgram(text: string): boolean {
  return /^> ?\*\*Checkpoint /m.test(text)
}

/**
 * @param text Markdown
 * @param path for errors
 * @throws BrokenLesson when it is not of the form
 */
export function parseLesson(text: string, path: string): Lesson {
  const given: Named[] = []
  const gone: Named[] = []
  const parts: (Block | Checkpoint)[] = []
  const tokens = parser().parse(text, {})
  let section = ''
  let words = 0
  let wordsAtCheckpoint = 0

  for (const [index, token] of tokens.entries()) {
    const line = (token.map?.[0] ?? 0) + 1
    if (token.type === 'heading_open') section = tokens[index + 1]?.content ?? ''
    if (token.type === 'fence') {
      const block = blockIn(token, line, section, path)
      if (block) parts.push(block)
    } else if (token.type === 'inline') {
      words += wordsIn(token)
      const [, named] = /^\**(Given|Gone):/.exec(token.content) ?? []
      if (named) (named === 'Given' ? given : gone).push(...namedFrom(tokens.slice(index), named, path))
      const [, number] = /^\*\*Checkpoint (\d+)\*\*/.exec(token.content) ?? []
      if (number && tokens[index - 2]?.type === 'blockquote_open') {
        const passed = parts.filter(({ is }) => is === 'checkpoint').length
        if (Number(number) !== passed + 1)
          throw new BrokenLesson(path, line, `this is checkpoint ${passed + 1}, and it says ${number}`)
        parts.push({
          is: 'checkpoint',
          number: passed + 1,
          line,
          tasks: tasksIn(token.content.replaceAll('\n', ' '), path, line),
        })
        wordsAtCheckpoint = words
      }
    }
  }
  return { path, given, gone, parts, words: wordsAtCheckpoint }
}

function blockIn({ info, content }: Token, line: number, section: string, path: string): Block | undefined {
  const [language = '', second, third] = info.trim().split(/\s+/)
  const lines = content.split('\n').slice(0, -1)
  if (second === 'example' || (noProgram.has(language) && second === undefined)) return undefined
  const isDiff = language === 'diff'
  const file = isDiff ? second : third
  if (file && isDiff) return { is: 'hunk', file, line, section, lines }
  if (file && (second === 'new' || second === 'quote')) return { is: second, file, line, section, lines }
  const forms = isDiff
    ? '`diff server.ts`'
    : `\`${language || 'ts'} new page/view.ts\`, \`${language || 'ts'} quote server.ts\``
  throw new BrokenLesson(
    path,
    line,
    `the block \`${info.trim()}\` does not say what it is: ${forms}, or \`${language || 'ts'} example\` for one that is no part of the program`,
  )
}

/**
 * The files behind `Given:` or `Gone:`: those in backticks in its paragraph; or those with which each item of the list right
 * below begins, ``- `a.ts`, `b.ts` and `c.ts` draw, for `d.ts` ``, where the paragraph names none.
 */
function namedFrom(tokens: Token[], what: string, path: string): Named[] {
  const [paragraph] = tokens
  const line = (paragraph?.map?.[0] ?? 0) + 1
  const own = filesIn(paragraph?.children, line)
  if (own.length > 0) return own
  const list = tokens.slice(2)
  const end = list.findIndex(({ type }) => /^(bullet|ordered)_list_close$/.test(type))
  const items = /^(bullet|ordered)_list_open$/.test(list[0]?.type ?? '') ? list.slice(0, end) : []
  const files = items
    .filter(({ type }) => type === 'inline')
    .flatMap((item) => filesIn(beginning(item), (item.map?.[0] ?? 0) + 1))
  if (files.length > 0) return files
  throw new BrokenLesson(path, line, `behind “${what}:” there is no file in backticks`)
}

/** What stands before the first words of an item: files, commas and an "and". */
function beginning({ children }: Token): readonly Token[] {
  const all = children ?? []
  const end = all.findIndex(({ type, content }) => type === 'text' && !/^,?( and)? ?$/.test(content))
  return end === -1 ? all : all.slice(0, end)
}

function filesIn(tokens: readonly Token[] | null | undefined, line: number): Named[] {
  return (tokens ?? [])
    .filter(({ type, content }) => type === 'code_inline' && /^[\w./-]+\.(ts|html|css|sql)$/.test(content))
    .map(({ content: file }) => ({ file, line }))
}

/** `task 3 passes`, `tasks 1 and 2 pass`, `tasks 1 to 4 pass`, `all tasks pass`, `no task passes yet`. */
function tasksIn(words: string, path: string, line: number): readonly number[] | 'all' {
  if (/\ball (\w+ )?tasks pass/i.test(words)) return 'all'
  const [, list] = /\btasks? (\d[\d, andto]*?) pass/i.exec(words) ?? []
  if (list) {
    return [...list.matchAll(/(\d+)(?: to (\d+))?/g)].flatMap(([, from, to = from]) =>
      Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index),
    )
  }
  if (/\bno (\w+ )?tasks? pass/i.test(words)) return []
  throw new BrokenLesson(
    path,
    line,
    'the checkpoint does not say which tasks pass: “task 3 passes”, “tasks 1 and 2 pass”, “tasks 1 to 4 pass”, “all tasks pass”, “no task passes yet”',
  )
}

function wordsIn({ children }: Token): number {
  const text = (children ?? []).map(({ content, type }) => (type === 'softbreak' ? ' ' : content)).join('')
  return text.split(/\s+/).filter((word) => /\w/.test(word)).length
}
