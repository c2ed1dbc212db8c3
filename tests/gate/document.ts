import MarkdownIt, { type Token } from 'markdown-it'
import type { Step } from '#shared/course/course'
import type { CourseResult } from './course-result.ts'
import type { Texts } from './texts.ts'

const markdown = new MarkdownIt()

/** A Markdown file of this project, read and taken apart. */
export interface Document {
  /** from the project's folder, with slashes */
  path: string
  source: string
  /** the step whose folder it stands in */
  step?: Step
  /** block tokens, in their order */
  blocks: Token[]
  /** block tokens, and behind each the inline tokens in it */
  all: Token[]
  at: At
}

/** What was looked at in a document, and what is wrong with it; nothing for all is well. */
export type At = (what: string, broken?: string) => CourseResult

/**
 * @param path from the project's folder; an empty document stands for one that is not there
 * @param step the step whose folder it stands in
 */
export function readDocument(path: string, { read }: Texts, step?: Step): Document {
  const source = read(path) ?? ''
  const blocks = markdown.parse(source, {})
  return {
    path,
    source,
    step,
    blocks,
    all: blocks.flatMap((token) => [token, ...(token.children ?? [])]),
    at: (what, broken) => ({ promise: 4, where: path, what, broken }),
  }
}

/** What stands between single backticks, each once. */
export function inlineCode({ all }: Pick<Document, 'all'>): string[] {
  return [...new Set(all.filter(({ type }) => type === 'code_inline').map(({ content }) => content))]
}

/** The rows of all its tables: each the source of its cells, without the line of dashes. */
export function tableRows({ source }: Pick<Document, 'source'>): string[][] {
  return [...source.matchAll(/^\|(.*)\| *$/gm)]
    .map(([, cells = '']) => cells.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter((cells) => !cells.every((cell) => /^:?-+:?$/.test(cell)))
}
