import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diffWordsWithSpace } from 'diff'
import { highlight } from '#shared/classroom/server/lesson-html'
import { Html, html } from '#shared/serve/html'
import { roomFor } from './code-size.ts'
import { quote, type QuotedLine, stepOf } from './quote.ts'

/**
 * Code from a file. Marked is what the slide names behind `!`; where it names nothing, what the step before does not have: of a
 * line that was changed the changed words, and nothing where no line is as it was.
 *
 * @param file from the project's folder, `steps/05-nicknames/server.ts`
 * @param reference which lines, as README.md says
 * @throws BrokenSlide when they are not there
 */
export function quotedCode(language: string, file: string, reference: string, project: string): Html {
  const { lines, named, sections } = quote(file, reference, project)
  const now = highlightedLines(join(project, file), language)
  const isAllNew =
    !lines.some(({ mark }) => mark === 'kept' || mark === 'gone') &&
    lines.some(({ mark, was }) => mark === 'new' && was === undefined)
  const marks = isAllNew ? 'all of it is new' : 'marked: new'
  const caption = html`<figcaption>
    ${file} ${stepOf(file) !== undefined && named.length === 0 && html`<small>${marks}</small>`}
    ${sections.length > 0 && html`<small class="section">${inLesson(sections, captionWidth - file.length)}</small>`}
  </figcaption>`
  return figure({
    lines: lines.map((line) => {
      const isPlain = line.mark === 'new' && (isAllNew || named.length > 0)
      return lineOf(isPlain ? { ...line, mark: 'kept', was: undefined } : line, now, language, named)
    }),
    texts: lines.map(({ text, mark }) => (mark === 'gap' ? undefined : text)),
    caption,
  })
}

const captionWidth = 90 // characters

/** Where in the lesson the lines are: as many headings as there is room for. */
function inLesson(sections: readonly string[], room: number): string {
  const all = sections.map((_section, index) => {
    const shown = sections
      .slice(0, index + 1)
      .join(' · ')
      .replaceAll('`', '')
    return `lesson: ${shown}${index + 1 < sections.length ? ' · …' : ''}`
  })
  return all.findLast(({ length }) => length <= room) ?? all[0] ?? ''
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

function lineOf(
  { text, at, mark, was }: QuotedLine,
  now: readonly string[],
  language: string,
  named: readonly string[],
): Html {
  if (mark === 'gap') return html`<span class="line gap" role="img" aria-label="lines are left out"></span>`
  const code = text.trimStart()
  const indent = text.length - code.length
  const full = mark === 'gone' || at === undefined ? highlight(code, language) : (now[at] ?? '')
  const words = named.map((one): Range => [code.indexOf(one), one.length]).filter(([from]) => from >= 0)
  const coloured = new Html(wrapped(full, words, 'mark') || '&nbsp;')
  const marked = {
    new:
      was === undefined
        ? html`<ins>${coloured}</ins>`
        : html`<span>${new Html(wrapped(full, changed(was, code), 'ins'))}</span>`,
    gone: html`<del>${coloured}</del>`,
    kept: html`<span>${coloured}</span>`,
  }[mark]
  return html`<span class="line ${mark}${was !== undefined && ' changed'}" style="--indent: ${indent}">${marked}</span>`
}

/** Some of a line's characters: where they begin, from 0, and how many they are. */
type Range = readonly [from: number, length: number]

/** Which words of a line did not stand in it before. */
function changed(was: string, code: string): Range[] {
  let at = 0
  return diffWordsWithSpace(was.trim(), code)
    .filter(({ removed }) => !removed)
    .flatMap(({ added, value }) => {
      const from = at
      at += value.length
      return added ? [[from, value.length] as const] : []
    })
}

/** A line with an element around some of its characters, also where their colours change in between. */
function wrapped(line: string, ranges: readonly Range[], element: 'ins' | 'mark'): string {
  let at = 0
  let isInside = false
  const parts = (line.match(/<[^>]*>|&[^;]+;|[^<&]/g) ?? []).map((part) => {
    const isTag = part.startsWith('<')
    const isMarked = !isTag && ranges.some(([from, length]) => at >= from && at < from + length)
    const border = isMarked === isInside ? '' : isMarked ? `<${element}>` : `</${element}>`
    isInside = isMarked
    if (!isTag) at++
    return border + part
  })
  return parts.join('') + (isInside ? `</${element}>` : '')
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
  /** the same lines, as plain text; undefined for a gap */
  texts: readonly (string | undefined)[]
  caption?: Html
  language?: string
}

function figure({ lines, texts, caption, language = 'code' }: Figure): Html {
  const { least, most, size } = roomFor(texts, caption !== undefined)
  return html`<figure
    class="code ${language}"
    style="--least-height: ${least}px; --most-height: ${most}px; --size: ${size}"
  >
    <div>
      ${caption}
      <pre tabindex="0"><code>${lines}</code></pre>
    </div>
  </figure>`
}
