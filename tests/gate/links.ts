import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { anchorOf } from '#shared/course/anchor'
import type { Document } from './document.ts'
import type { Kept } from './course-result.ts'

/** A link to a file leads to one, and to a heading or a line that it has; a picture comes from this project and says what it shows. */
export function links({ all, file, source, at }: Document): Kept[] {
  return all.flatMap((token, index) => {
    if (token.type === 'image') {
      const src = String(token.attrGet('src') ?? '')
      return [
        at(
          `the picture ${src}`,
          pictureDrift(src, file) ?? (token.content ? undefined : 'no words for who does not see it'),
        ),
      ]
    }
    const href = token.type === 'link_open' ? String(token.attrGet('href') ?? '') : ''
    if (!href || /^[a-z]+:/.test(href)) return []
    const [path = '', anchor = ''] = href.split('#')
    const target = path === '' ? file : join(dirname(file), decodeURI(path))
    const broken = existsSync(target)
      ? anchor &&
        anchorDrift(anchor, target, path === '' ? source : readFileSync(target, 'utf8'), codeOf(all, index))
      : 'there is no such file'
    return [at(`the link to ${href}`, broken || undefined)]
  })
}

function pictureDrift(src: string, file: string): string | undefined {
  if (/^[a-z]+:/.test(src)) return 'a picture from elsewhere'
  return existsSync(join(dirname(file), src)) ? undefined : 'there is no such file'
}

/** The code that a link's words are made of. */
function codeOf(all: Document['all'], opened: number): string {
  const end = all.findIndex(({ type }, index) => index > opened && type === 'link_close')
  return all
    .slice(opened + 1, end)
    .filter(({ type }) => type === 'code_inline')
    .map(({ content }) => content)
    .join(' ')
}

/** `#L12` is a line, and what the link's words call stands in it; anything else is a heading. */
function anchorDrift(anchor: string, target: string, text: string, code: string): string | undefined {
  const [, line] = /^L(\d+)$/.exec(anchor) ?? []
  if (line !== undefined && !target.endsWith('.md')) return lineDrift(Number(line), text.split('\n'), code)
  const prose = text.replaceAll(/^```.*?^```/gms, '')
  const headings = [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))
  return headings.includes(anchor) ? undefined : `there is no heading for #${anchor}`
}

function lineDrift(number: number, lines: string[], code: string): string | undefined {
  // `io.to(room).emit('rooms', …)`: what it calls, and the names that it calls it with
  const calls = code.match(/[\w.]*\w\(/g) ?? code.match(/^[\w.]+/g) ?? []
  const pieces = [...calls, ...(code.match(/'[^'…]+'/g) ?? [])]
  const holds = (line: string) => pieces.every((piece) => line.includes(piece))
  const line = lines[number - 1]
  if (line === undefined) return `it has ${lines.length} lines`
  if (holds(line)) return undefined
  const now = lines.flatMap((one, index) => (holds(one) ? [`L${index + 1}`] : []))
  return `${code} does not stand in this line; it stands in ${now.join(', ') || 'none'}`
}
