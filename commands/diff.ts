import { spawn } from 'node:child_process'
import { relative } from 'node:path'
import { createTwoFilesPatch, diffArrays, diffWordsWithSpace, FILE_HEADERS_ONLY } from 'diff'
import { Advice } from '#shared/terminal/advice'
import { paint } from '#shared/terminal/colour'
import { findStep, root, workDir, type Step } from '#shared/course/course'
import { isSameProgram, programLines, type ProgramLine } from '#shared/course/program-lines'
import { compare, hasWork, stepToBegin, workStep, type Difference } from '#shared/course/work-folder'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'

export const spec = {
  command: 'npm run diff',
  does: 'Shows what to change to get from work/ to the finished step. With two steps: from the first to the second. Comments and white space do not count.',
  words: ['[STEP]', '[STEP]'],
  example: 'npm run diff 3 4',
} as const satisfies CommandSpec

/**
 * `npm run diff [A] [B]`: how to get from `work/`, or the finished step A, to a finished step. Programs are compared, so
 * comments and white space do not count.
 */
export default async function (words: string[]): Promise<number> {
  const { positionals } = parseCommand(words, spec)
  const named = positionals.map(findStep)
  const [from, to] = named.length === 2 ? named.map(({ dir }) => dir) : await workAgainst(named[0])
  if (from === undefined || to === undefined) throw new Error('a comparison has two sides')

  const differences = (await compare(from, to)).filter(
    (one) => one.from === undefined || one.to === undefined || !isSameProgram(one.file, one.from, one.to),
  )
  if (differences.length === 0) {
    console.log(
      `${shown(from)} and ${shown(to)} are the same program (comments and white space do not count).`,
    )
    return 0
  }
  const patches = differences.map((difference) => patch(difference, shown(from), shown(to)))
  await page([
    `From ${shown(from)} to ${shown(to)}, without comments and white space:`,
    ...differences.map(({ file }, index) => `  ${file}  ${counted(patches[index] ?? [])}`),
    ...patches.flatMap((lines) => ['', ...coloured(lines)]),
  ])
  return 0
}

async function workAgainst(step: Step | undefined): Promise<[string, string]> {
  if (!(await hasWork())) {
    throw new Advice(
      'There is no work/ to compare with.',
      `To begin:  npm run work ${(await stepToBegin()).number}      To compare two finished steps:  npm run diff 3 4`,
    )
  }
  const to = step ?? (await workStep())
  return [workDir, to!.dir]
}

/**
 * The lines of a unified diff, as `git diff` prints them. Comments and blank lines are shown as they are in `to`, and never
 * as a difference.
 */
export function patch({ file, from, to }: Difference, fromDir: string, toDir: string): string[] {
  const [old, wanted] = from === undefined || to === undefined ? [from, to] : alike(file, from, to)
  const text = createTwoFilesPatch(
    from === undefined ? '/dev/null' : `${fromDir}/${file}`,
    to === undefined ? '/dev/null' : `${toDir}/${file}`,
    old ?? '',
    wanted ?? '',
    undefined,
    undefined,
    { headerOptions: FILE_HEADERS_ONLY },
  )
  return text.slice(0, -1).split('\n')
}

/** Both texts, the first one with the comments, blank lines and white space of the second. */
function alike(file: string, from: string, to: string): [from: string, to: string] {
  const [old, wanted]: [string[], string[]] = [[], []]
  const [mine, theirs] = [programLines(file, from), programLines(file, to)]
  let gone: ProgramLine[] = [] // They stand right above what comes for them.
  for (const { added, removed, count } of diffArrays(
    mine.map(({ code }) => code),
    theirs.map(({ code }) => code),
  )) {
    if (removed) gone = mine.splice(0, count)
    else {
      if (!added) mine.splice(0, count)
      for (const { text, above } of theirs.splice(0, count)) {
        old.push(...above, ...gone.map((line) => line.text), ...(added ? [] : [text]))
        wanted.push(...above, text)
        gone = []
      }
    }
  }
  old.push(...gone.map(({ text }) => text))
  return [`${old.join('\n')}\n`, `${wanted.join('\n')}\n`]
}

function counted(lines: readonly string[]): string {
  const count = (sign: string) => lines.slice(2).filter((line) => line.startsWith(sign)).length
  return `+${count('+')} -${count('-')}`
}

/** In colours where a terminal shows them. Where as many lines come as go, the words that differ are marked. */
function coloured(lines: readonly string[]): string[] {
  const shownLines = lines.map((line, index) => {
    if (index < 2) return paint('bold', line) // They name the two files.
    if (line.startsWith('@')) return paint('cyan', line)
    if (line.startsWith('-')) return paint('red', line)
    return line.startsWith('+') ? paint('green', line) : line
  })
  for (let at = 2; at < lines.length; at++) {
    const gone = runOf('-', lines, at)
    const come = runOf('+', lines, at + gone)
    const pairs = gone === come ? gone : 0
    for (let index = 0; index < pairs; index++) {
      const [here, there] = [at + index, at + gone + index]
      const [one = '', other = ''] = markWords(lines[here] ?? '', lines[there] ?? '', (text) =>
        paint('inverse', text),
      )
      shownLines[here] = paint('red', one)
      shownLines[there] = paint('green', other)
    }
    at += gone + (gone > 0 ? come : 0)
  }
  return shownLines
}

/** How many lines in a row begin with a sign. */
function runOf(sign: string, lines: readonly string[], from: number): number {
  const end = lines.findIndex((line, index) => index >= from && !line.startsWith(sign))
  return (end < 0 ? lines.length : end) - from
}

/** A line that goes and the one that comes for it, with their signs, the words that only one of them has marked. */
export function markWords(gone: string, come: string, mark: (text: string) => string): [string, string] {
  const parts = diffWordsWithSpace(gone.slice(1), come.slice(1))
  const side = (other: 'added' | 'removed') =>
    parts
      .filter((part) => !part[other])
      .map(({ added, removed, value }) => (added || removed ? mark(value) : value))
      .join('')
  return [`-${side('added')}`, `+${side('removed')}`]
}

/** Prints lines, a screen at a time when they are more than one, with the pager that the environment names. */
async function page(lines: readonly string[]): Promise<void> {
  const text = `${lines.join('\n')}\n`
  const { isTTY, rows = 24 } = process.stdout
  if (!isTTY || lines.length < rows) {
    process.stdout.write(text)
    return
  }
  const onWindows = process.platform === 'win32'
  const pager = spawn(process.env.PAGER || (onWindows ? 'more' : 'less'), {
    shell: true, // PAGER may have options.
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { LESS: 'FRX', ...process.env },
  })
  pager.stdin.on('error', () => {}) // A reader who has seen enough leaves before the end.
  pager.stdin.end(text)
  const exitCode = await new Promise<number | null>((resolve) => pager.once('close', resolve))
  if (exitCode === 127 || exitCode === 9009) process.stdout.write(text) // The shell knows no such program.
}

function shown(dir: string): string {
  return relative(root, dir).replaceAll('\\', '/')
}
