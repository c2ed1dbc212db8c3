import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diffWordsWithSpace } from 'diff'
import { highlight } from '#shared/classroom/server/lesson-html'
import { Html, html } from '#shared/serve/html'
import { quote, type QuotedLine, stepOf } from './quote.ts'

/**
 * Code from a file. What the step before does not have is marked, in words as well as in colour: of a line that was changed
 * the changed words; and nothing where no line is as it was.
 *
 * @param file from the project's folder, `steps/05-nicknames/server.ts`
 * @param reference which lines, as README.md says
 * @throws BrokenSlide when they are not there
 */
export function quotedCode(language: string, file: string, reference: string, project: string): Html {
  const lines = quote(file, reference, project)
  const now = highlightedLines(join(project, file), language)
  const isAllNew =
    !lines.some(({ mark }) => mark === 'kept' || mark === 'gone') &&
    lines.some(({ mark, was }) => mark === 'new' && was === undefined)
  const says = isAllNew ? 'all of it is new in this step' : 'marked: new in this step'
  const caption = html`<figcaption>
    ${file} ${stepOf(file) !== undefined && html`<small>${says}</small>`}
  </figcaption>`
  return figure({
    lines: lines.map((line) =>
      lineOf(
        isAllNew && line.mark === 'new' ? { ...line, mark: 'kept', was: undefined } : line,
        now,
        language,
      ),
    ),
    texts: lines.map(({ text }) => text),
    caption,
  })
}

/** Words of a terminal or of the wire, as they are. */
export function plainCode(language: string, content: string): Html {
  const lines = content.trimEnd().split('\n')
  return figure({
    lines: lines.map(
      (line) => html`<span class="line kept">${new Html(highlight(line, language) || '&nbsp;')}</span>`,
    ),
    texts: lines,
    language,
  })
}

const rowWidth = 68 // characters: a longer line goes on in the next row

/** How many rows lines take. */
function rowsOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / rowWidth)), 0)
}

function lineOf({ text, at, mark, was }: QuotedLine, now: readonly string[], language: string): Html {
  if (mark === 'gap') return html`<span class="line gap" role="img" aria-label="lines are left out"></span>`
  const indent = text.length - text.trimStart().length
  const full = mark === 'gone' || at === undefined ? highlight(text, language) : (now[at] ?? '')
  const code = new Html(full.trimStart() || '&nbsp;')
  const marked = {
    new: was === undefined ? html`<ins>${code}</ins>` : html`<span>${changed(was, text, language)}</span>`,
    gone: html`<del>${code}</del>`,
    kept: html`<span>${code}</span>`,
  }[mark]
  return html`<span class="line ${mark}${was !== undefined && ' changed'}" style="--indent: ${indent}">${marked}</span>`
}

/** A line of which some words stood there before: the others are marked. */
function changed(was: string, text: string, language: string): Html[] {
  const parts = diffWordsWithSpace(was.trim(), text.trim()).filter(({ removed }) => !removed)
  return parts.map(({ added, value }) => {
    const code = new Html(highlight(value, language))
    return added ? html`<ins>${code}</ins>` : code
  })
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
      return `${before}${line.trimStart()}${'</span>'.repeat(open.length)}`
    })
}

interface Figure {
  lines: readonly Html[]
  /** the same lines, as plain text */
  texts: readonly string[]
  caption?: Html
  language?: string
}

function figure({ lines, texts, caption, language = 'code' }: Figure): Html {
  const rows = rowsOf(texts)
  const longest = Math.min(rowWidth, Math.max(...texts.map(({ length }) => length)))
  const size = rows <= 5 ? 'few' : rows <= 8 ? 'some' : 'many'
  return html`<figure class="code ${size} ${language}" style="--longest: ${longest}">
    ${caption}
    <pre tabindex="0"><code>${lines}</code></pre>
  </figure>`
}
