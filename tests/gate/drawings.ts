import type { CourseResult } from './course-result.ts'
import type { Texts } from './texts.ts'

/**
 * The drawings of the lessons: each says in words what it shows, asks nobody for anything, and has the same style, which
 * is readable on light and on dark.
 */
export function drawings({ filesIn, read }: Texts): CourseResult[] {
  const files = filesIn('steps').filter((path) => path.endsWith('.svg'))
  const style = styleOf(read(files[0] ?? '') ?? '')
  return files.map((where) => ({
    promise: 4,
    where,
    what: 'the drawing',
    broken: drawingDrift(read(where) ?? '', style),
  }))
}

function drawingDrift(source: string, style: string | undefined): string | undefined {
  if (!/<title id="title">[^<]+<\/title>\s*<desc id="what">[^<]+<\/desc>/.test(source)) {
    return 'it has no <title> and <desc>'
  }
  if (/href=|url\(|@import/.test(source)) return 'it asks for something from elsewhere'
  const isInStyle = styleOf(source) === style && source.includes('prefers-color-scheme: dark')
  return isInStyle ? undefined : 'its style is not that of the other drawings'
}

function styleOf(source: string): string | undefined {
  return /<style>.*<\/style>/s.exec(source)?.[0]
}
