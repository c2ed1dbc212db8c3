import hljs from 'highlight.js/lib/core'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'

hljs.registerLanguage('typescript', typescript)
hljs.registerLanguage('xml', xml)

/** A line of a program in which there is more than a comment. */
export interface ProgramLine {
  /** as it stands in its file */
  text: string
  /** what counts in it: no comment, and white space only where it is between words or in a string */
  code: string
  /** the blank lines and comments right above it */
  above: string[]
}

/**
 * The lines of a file in which there is code.
 *
 * @param file its name; in a `.ts` and a `.html` comments are known, in others every line that is not blank is code
 */
export function programLines(file: string, text: string): ProgramLine[] {
  const codes = withoutComments(file, text).split('\n').map(squeezed)
  const lines: ProgramLine[] = []
  let above: string[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (codes[index]) {
      lines.push({ text: line, code: codes[index], above })
      above = []
    } else above.push(line)
  }
  return lines
}

/** Whether two versions of a file differ in comments, white space and line breaks alone. */
export function isSameProgram(file: string, some: string, other: string): boolean {
  const [one, two] = [some, other].map((text) =>
    squeezed(
      programLines(file, text)
        .map(({ code }) => code)
        .join(' '),
    ).replaceAll(/,(?=[)\]}])/g, ''),
  )
  return one === two
}

/** Where a string has a space, while the others are squeezed. */
const spaceInString = '\u0000'

function squeezed(line: string): string {
  return line
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([^\w$\s]) ?/g, '$1')
}

/** Comments left out, with as many lines as before; spaces in strings are {@link spaceInString}. */
function withoutComments(file: string, text: string): string {
  const language = file.endsWith('.ts') ? 'typescript' : file.endsWith('.html') ? 'xml' : undefined
  if (!language) return text
  const within: string[] = []
  const pieces = hljs.highlight(text, { language }).value.matchAll(/<span class="([^"]*)">|<\/span>|[^<]+/g)
  return [...pieces]
    .map(([piece, opened]) => {
      if (opened !== undefined) within.push(opened)
      else if (piece === '</span>') within.pop()
      else if (within.includes('hljs-comment')) return piece.replaceAll(/[^\n]/g, '')
      else if (within.at(-1) === 'hljs-string') return piece.replaceAll(/[ \t]/g, spaceInString)
      else return piece
      return ''
    })
    .join('')
}
