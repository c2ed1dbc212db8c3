import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import MarkdownIt, { type Token } from 'markdown-it'
import { root, type Step } from '#shared/course/course'
import type { Kept } from './course-result.ts'

const markdown = new MarkdownIt()

/** A Markdown file of this project, read and taken apart. */
export interface Document {
  /** absolute */
  file: string
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
export type At = (what: string, broken?: string) => Kept

/**
 * @param file absolute
 * @param step the step whose folder it stands in
 */
export function readDocument(file: string, step?: Step): Document {
  const source = readFileSync(file, 'utf8')
  const blocks = markdown.parse(source, {})
  const where = relative(root, file).replaceAll('\\', '/')
  return {
    file,
    source,
    step,
    blocks,
    all: blocks.flatMap((token) => [token, ...(token.children ?? [])]),
    at: (what, broken) => ({ promise: 4, where, what, broken }),
  }
}

/** A document of the project, by its path from the project's folder. */
export function readProjectDocument(path: string): Document {
  return readDocument(join(root, path))
}

/** What stands between single backticks, each once. */
export function inlineCode({ all }: Document): string[] {
  return [...new Set(all.filter(({ type }) => type === 'code_inline').map(({ content }) => content))]
}

/** The rows of all its tables: each the source of its cells, without the line of dashes. */
export function tableRows({ source }: Pick<Document, 'source'>): string[][] {
  return [...source.matchAll(/^\|(.*)\| *$/gm)]
    .map(([, cells = '']) => cells.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter((cells) => !cells.every((cell) => /^:?-+:?$/.test(cell)))
}
