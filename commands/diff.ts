import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { relative } from 'node:path'
import { Advice } from '#shared/terminal/advice'
import { paint } from '#shared/terminal/colour'
import { findStep, root, workDir, type Step } from '#shared/course/course'
import { compare, workStep, type Difference } from '#shared/course/work-folder'
import { parseCommand } from '#shared/terminal/arguments'

export const spec = { command: 'npm run diff', maxPositionals: 2, example: 'npm run diff 3 4' } as const

/** `npm run diff [A] [B]`: how to get from `work/`, or the finished step A, to a finished step. */
export default async function (words: string[]): Promise<number> {
  const { positionals } = parseCommand(words, spec)
  const named = positionals.map(findStep)
  const [from, to] = named.length === 2 ? named.map(({ dir }) => dir) : await workAgainst(named[0])
  if (from === undefined || to === undefined) throw new Error('a comparison has two sides')

  const differences = await compare(from, to)
  if (differences.length === 0) console.log(`${shown(from)} and ${shown(to)} are the same program.`)
  for (const difference of differences) {
    for (const line of patch(difference, shown(from), shown(to))) console.log(line)
  }
  return 0
}

async function workAgainst(step: Step | undefined): Promise<[string, string]> {
  const here = await workStep()
  if (!here) {
    throw new Advice(
      'There is no work/ yet to compare with.',
      'To begin step 1:  npm run work      To compare two finished steps:  npm run diff 3 4',
    )
  }
  if (!step && here.guessed) {
    console.log(`work/.step does not say which step this is; step ${here.step.number} is nearest.`)
  }
  return [workDir, (step ?? here.step).dir]
}

/** The lines of a unified diff, as `git diff` prints them, in colours where a terminal shows them. */
export function patch({ file, from, to }: Difference, fromDir: string, toDir: string): string[] {
  const text = createTwoFilesPatch(
    from === undefined ? '/dev/null' : `${fromDir}/${file}`,
    to === undefined ? '/dev/null' : `${toDir}/${file}`,
    from ?? '',
    to ?? '',
    undefined,
    undefined,
    { headerOptions: FILE_HEADERS_ONLY },
  )
  return text.slice(0, -1).split('\n').map(coloured)
}

/** The first two lines name the two files. */
function coloured(line: string, index: number): string {
  if (index < 2) return paint('bold', line)
  if (line.startsWith('@')) return paint('cyan', line)
  if (line.startsWith('-')) return paint('red', line)
  return line.startsWith('+') ? paint('green', line) : line
}

function shown(dir: string): string {
  return relative(root, dir).replaceAll('\\', '/')
}
