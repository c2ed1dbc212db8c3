import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root, steps } from '#shared/course/course'
import type { Kept } from './course-result.ts'

/**
 * The drawings of the lessons: each says in words what it shows, asks nobody for anything, and has the same style, which
 * is readable on light and on dark.
 */
export function drawings(): Kept[] {
  const files = steps.flatMap(({ dir }) =>
    readdirSync(dir)
      .filter((name) => name.endsWith('.svg'))
      .map((name) => join(dir, name)),
  )
  const styleOf = (file: string) => /<style>.*<\/style>/s.exec(readFileSync(file, 'utf8'))?.[0]
  const style = styleOf(files[0] ?? '')
  return files.map((file) => {
    const source = readFileSync(file, 'utf8')
    const broken = !/<title id="title">[^<]+<\/title>\s*<desc id="what">[^<]+<\/desc>/.test(source)
      ? 'it has no <title> and <desc>'
      : /href=|url\(|@import/.test(source)
        ? 'it asks for something from elsewhere'
        : styleOf(file) !== style || !source.includes('prefers-color-scheme: dark')
          ? 'its style is not that of the other drawings'
          : undefined
    return { promise: 4, where: relative(root, file).replaceAll('\\', '/'), what: 'the drawing', broken }
  })
}
