import { posix } from 'node:path'
import { anchorOf } from '#shared/course/anchor'
import type { Document } from './document.ts'
import type { CourseResult } from './course-result.ts'
import type { Texts } from './texts.ts'

/** A link to a file leads to one, and to a heading that it has; a picture comes from this project and says what it shows. */
export function links(document: Document, texts: Texts): CourseResult[] {
  const { all, at } = document
  const targetsOf = (type: string, attribute: string) =>
    all
      .filter((token) => token.type === type)
      .map((token) => ({ target: String(token.attrGet(attribute) ?? ''), words: token.content }))
  return [
    ...targetsOf('image', 'src').map(({ target, words }) =>
      at(
        `the picture ${target}`,
        pictureDrift(target, document, texts) ?? (words ? undefined : 'no words for who does not see it'),
      ),
    ),
    ...targetsOf('link_open', 'href')
      .filter(({ target }) => target && !/^[a-z]+:/.test(target))
      .map(({ target }) => at(`the link to ${target}`, linkDrift(target, document, texts))),
  ]
}

function pictureDrift(src: string, { path }: Document, texts: Texts): string | undefined {
  if (/^[a-z]+:/.test(src)) return 'a picture from elsewhere'
  return texts.read(beside(path, src)) === undefined ? 'there is no such file' : undefined
}

function linkDrift(href: string, { path, source }: Document, { read, filesIn }: Texts): string | undefined {
  const [name = '', anchor = ''] = href.split('#')
  const target = beside(path, decodeURI(name))
  const text = name === '' ? source : read(target)
  if (text === undefined && filesIn(target).length === 0) return 'there is no such file'
  if (anchor === '') return undefined
  const prose = (text ?? '').replaceAll(/^```.*?^```/gms, '')
  const headings = [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))
  return headings.includes(anchor) ? undefined : `there is no heading for #${anchor}`
}

/** The path of a file that a text names, seen from the text's own folder. */
function beside(path: string, name: string): string {
  return posix.join(posix.dirname(path), name)
}
