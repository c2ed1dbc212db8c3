import { readFileSync, realpathSync } from 'node:fs'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { root } from '../course/course.ts'

const around = 2 // lines above it, and below it
const absolutePlace = /(?:file:\/\/)?((?:[A-Za-z]:)?[\\/][^()]*?\.ts):(\d+)/
const compilersPlace = /^(.+?\.ts):(\d+):\d+: ERROR: / // esbuild's, from the project's folder

/** Where in a program's own files it broke. */
export interface CrashPlace {
  /** as it is called in the project, `work/server.ts` */
  readonly file: string
  /** from 1 */
  readonly line: number
  /** the line and its neighbours, as they stood in the file when it broke */
  readonly source: readonly SourceLine[]
}

export interface SourceLine {
  readonly number: number
  readonly text: string
}

/**
 * Finds the place in what a program printed before it died: in an error's stack, or in the compiler's line.
 *
 * @param output the program's lines
 * @param dir its folder, absolute. A file outside of it is no place: a package's code is not for mending
 * @returns undefined when no line names a line of such a file
 */
export function crashPlace(output: readonly string[], dir: string): CrashPlace | undefined {
  const error = output.findIndex((line) => /^(Uncaught )?\w*(Error|Exception)\b/.test(line))
  // Below the error its stack; above it Node's own "file:line" line, which is all that a syntax error has.
  const nearest = error < 0 ? output : [...output.slice(error), ...output.slice(0, error)]
  for (const line of nearest) {
    const named = compilersPlace.exec(line) ?? absolutePlace.exec(decoded(line))
    const place = named && read(resolve(root, named[1] ?? ''), Number(named[2]), dir)
    if (place) return place
  }
  return undefined
}

function read(path: string, line: number, dir: string): CrashPlace | undefined {
  try {
    const folder = realpathSync(dir)
    const inFolder = relative(folder, realpathSync(path))
    if (inFolder.startsWith('..') || isAbsolute(inFolder) || inFolder.includes('node_modules'))
      return undefined
    const lines = readFileSync(join(folder, inFolder), 'utf8').split(/\r?\n/)
    if (line < 1 || line > lines.length) return undefined
    const first = Math.max(1, line - around)
    return {
      file: relative(root, join(dir, inFolder)).replaceAll('\\', '/'),
      line,
      source: lines
        .slice(first - 1, line + around)
        .map((text, index) => ({ number: first + index, text: text.slice(0, 200) })),
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined // no such file, or it cannot be read
    throw error
  }
}

/** A stack names a module by its URL, with `%20` for a space. */
function decoded(line: string): string {
  if (!line.includes('file://')) return line
  try {
    return decodeURI(line)
  } catch {
    return line // a % of the message's own
  }
}
