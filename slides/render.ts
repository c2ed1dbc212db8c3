import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Advice } from '#shared/terminal/advice'
import { highlight, markdownFor } from '#shared/classroom/server/lesson-html'
import { findStep, firstWithAccounts, root } from '#shared/course/course'
import { escaped } from '#shared/serve/html'
import type { Result } from '../bench/result.ts'
import { BrokenSlide } from './broken-slide.ts'
import { chartOf } from './figures.ts'
import { hearsPicture } from './hears.ts'
import { quote, type QuotedLine, stepOf } from './quote.ts'
import { type Deck, readDeck, type Slide, slidesOf } from './source.ts'
import { timeLinePicture } from './timeline.ts'

/** A slide as HTML, and what is wrong with it. */
export interface Rendered {
  /** its title; code in it is code */
  readonly title: string
  readonly body: string
  readonly notes: string
  /** a sentence each, naming the slide; they stand on it as well */
  readonly problems: readonly string[]
}

/**
 * Renders a slide. What it refers to is looked up now, so it shows what stands in the files at this moment.
 *
 * @param deck its deck's name, `part-1`: pictures are found from there
 * @param from where its charts come from, and the project's folder, or that of a copy
 */
export function render(slide: Slide, deck: string, from: { result: Result; project?: string }): Rendered {
  const problems: string[] = []
  const renderer = markdownFor(`slides/${deck}`)
  renderer.renderer.rules.fence = (tokens, index) => {
    const { info = '', content = '' } = tokens[index] ?? {}
    const [kind = '', ...others] = info.trim().split(/\s+/)
    try {
      return fence({ kind, about: others.join(' '), content, ...from })
    } catch (error) {
      if (!(error instanceof BrokenSlide) && !(error instanceof Advice)) throw error
      const problem = `slide “${slide.title}” (${slide.id}), ${info.trim()}: ${error.message}`
      problems.push(problem)
      return `<p class="broken" role="alert">${escaped(problem)}</p>`
    }
  }
  return {
    title: renderer.renderInline(slide.title),
    body: renderer.render(slide.body),
    notes: renderer.render(slide.notes),
    problems,
  }
}

interface Fence {
  kind: string
  /** what stands behind its kind */
  about: string
  content: string
  result: Result
  project?: string
}

function fence({ kind, about, content, result, project = root }: Fence): string {
  switch (kind) {
    case 'hears':
      return `<figure>${hearsPicture(content)}</figure>`
    case 'timeline':
      return `<figure>${timeLinePicture(content, about)}</figure>`
    case 'chart':
      return chartOf(about, result)
    case 'live':
      return livePlace(about)
    case 'agenda':
      return agenda(about)
    default:
      return about ? quotation(kind, about, quote(about, content, project), project) : text(kind, content)
  }
}

/** Code from a file, the lines that the step before does not have marked in words as well as in colour. */
function quotation(language: string, file: string, lines: readonly QuotedLine[], project: string): string {
  const now = highlightedLines(join(project, file), language)
  const html = lines.map((line) => lineOf(line, now, language)).join('')
  return figure({
    file,
    html,
    rows: rowsOf(lines.map(({ text: line }) => line)),
    isMarked: stepOf(file) !== undefined,
  })
}

const rowWidth = 68 // characters: a longer line goes on in the next row

/** How many rows lines take. */
function rowsOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / rowWidth)), 0)
}

function lineOf({ text: content, at, mark }: QuotedLine, now: readonly string[], language: string): string {
  if (mark === 'gap') return '<span class="line gap" role="img" aria-label="lines are left out"></span>'
  const indent = content.length - content.trimStart().length
  const full = mark === 'gone' || at === undefined ? highlight(content, language) : (now[at] ?? '')
  const word = { new: '<ins>', gone: '<del>', kept: '<span>' }[mark]
  const end = word.replace('<', '</')
  return `<span class="line ${mark}" style="--indent: ${indent}">${word}${full.trimStart() || '&nbsp;'}${end}</span>`
}

/** A file's lines with their colours. A template or comment over several lines has its colour in each. */
function highlightedLines(file: string, language: string): string[] {
  const open: string[] = []
  return highlight(readFileSync(file, 'utf8'), language)
    .split('\n')
    .map((line) => {
      const before = open.join('')
      for (const [tag] of line.matchAll(/<\/?span[^>]*>/g)) {
        if (tag === '</span>') open.pop()
        else open.push(tag)
      }
      const trimmed = line.trimStart()
      return `${before}${trimmed}${'</span>'.repeat(open.length)}`
    })
}

/** Words of a terminal or of the wire, as they are. */
function text(language: string, content: string): string {
  const lines = content.trimEnd().split('\n')
  const html = lines
    .map((line) => `<span class="line kept">${highlight(line, language) || '&nbsp;'}</span>`)
    .join('')
  return figure({ html, rows: rowsOf(lines), language })
}

interface Figure {
  html: string
  rows: number
  file?: string
  isMarked?: boolean
  language?: string
}

function figure({ html, rows, file = '', isMarked = false, language = 'code' }: Figure): string {
  const remark = isMarked ? ' <small>marked: new in this step</small>' : ''
  const caption = file ? `<figcaption>${escaped(file)}${remark}</figcaption>` : ''
  const size = rows <= 5 ? 'few' : rows <= 8 ? 'some' : 'many'
  return `<figure class="code ${size} ${escaped(language)}">${caption}<pre tabindex="0"><code>${html}</code></pre></figure>\n`
}

/** Where the running program and its wire come, once somebody looks; until then, and on paper, the way to them. */
function livePlace(about: string): string {
  const step = findStep(about)
  // Both frames have one browser's cookies, as in the classroom.
  const windows =
    step.number < firstWithAccounts ? 'Ann’s window, Ben’s window' : 'One tab, Another tab of the same person'
  return (
    `<div class="live" data-step="${step.number}" data-windows="${windows}">` +
    `<p class="instead">Live: the chat in two windows, and what crosses the wire. To have it on your own machine: ` +
    `<code>npm run step ${step.number}</code></p></div>`
  )
}

/** The sections of a deck with their minutes. */
function agenda(about: string): string {
  const { sections } = readDeck(about)
  const rows = sections
    .filter(({ minutes }) => minutes > 0)
    .map(({ title, minutes }) => `<tr><td>${escaped(title)}</td><td>${minutes} min</td></tr>`)
  return `<table class="agenda"><tbody>${rows.join('')}</tbody></table>`
}

/**
 * What is wrong with a deck: a sentence each, naming slide and step.
 *
 * @param project the project's folder, or that of a copy
 */
export function problemsOf(deck: Deck, from: { result: Result; project?: string }): string[] {
  return slidesOf(deck).flatMap(({ slide }) => render(slide, deck.name, from).problems)
}
