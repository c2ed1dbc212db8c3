import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import MarkdownIt, { type Token } from 'markdown-it'
import { before, root, steps, type Step } from '../course.ts'
import { hintsOf } from '../hints.ts'
import type { Kept } from './finding.ts'

const markdown = new MarkdownIt()

/**
 * Promise 4: what a text quotes stands word for word in the file that it names; every command that it names exists; every
 * event in a table exists in events.ts, and every event of events.ts in the table.
 *
 * @param some the steps whose lessons and hints are read
 * @param others more texts, as paths from the project's folder
 */
export async function nothingDrifts(some: readonly Step[], others: readonly string[]): Promise<Kept[]> {
  return [
    ...some.flatMap((step) => (has(step, 'README.md') ? lesson(step) : missing(step, 'README.md'))),
    ...(
      await Promise.all(some.map((step) => (has(step, 'hints.md') ? hints(step) : missing(step, 'hints.md'))))
    ).flat(),
    ...others.flatMap((file) => text(join(root, file))),
  ]
}

function has({ dir }: Step, file: string): boolean {
  return existsSync(join(dir, file))
}

function missing(step: Step, file: string): Kept[] {
  return [{ promise: 4, where: step.name, what: file, broken: 'there is none' }]
}

function lesson(step: Step): Kept[] {
  const file = join(step.dir, 'README.md')
  const source = readFileSync(file, 'utf8')
  const at = place(file)
  return [
    at(
      'its title',
      source.startsWith(`# ${step.name.slice(0, 2)} · ${step.title}\n`) ? undefined : `not “${step.title}”`,
    ),
    at(
      'its minutes',
      source.includes(`**${step.minutes} minutes.**`) ? undefined : `not **${step.minutes} minutes.**`,
    ),
    at('its quiz has a folded answer', /<details>\s*<summary>/.test(source) ? undefined : 'no <details>'),
    ...text(file, step),
    ...eventTable(step, source, at),
  ]
}

async function hints(step: Step): Promise<Kept[]> {
  const file = join(step.dir, 'hints.md')
  const rungs = await hintsOf(step)
  const right = rungs.length === 3 && rungs.every((rung) => rung.split('\n').length > 2)
  return [place(file)('three rungs', right ? undefined : `it has ${rungs.length}`), ...text(file, step)]
}

/** Quotes, commands and links of one text. */
function text(file: string, step?: Step): Kept[] {
  const tokens = markdown.parse(readFileSync(file, 'utf8'), {})
  const all = tokens.flatMap((token) => [token, ...(token.children ?? [])])
  const at = place(file)
  return [
    ...tokens.filter(({ type }) => type === 'fence').flatMap((fence) => fenced(fence, step, at)),
    ...all.filter(({ type }) => type === 'code_inline').flatMap(({ content }) => commands(content, at)),
    ...all.flatMap((token) => links(token, file, at)),
  ]
}

type At = (what: string, broken?: string) => Kept

function place(file: string): At {
  const where = relative(root, file).replaceAll('\\', '/')
  return (what, broken) => ({ promise: 4, where, what, broken })
}

function fenced({ info, content, map }: Token, step: Step | undefined, at: At): Kept[] {
  const [language = '', name = ''] = info.trim().split(/\s+/)
  const what = `the quote in line ${(map?.[0] ?? 0) + 1} (${info.trim() || 'no language'})`
  if (language === 'sh') return commands(content, at)
  if (language === 'text' || name === 'sketch') return []
  if (!name) return [at(what, 'it names no file that it quotes')]

  const file = step && !name.includes('/') ? join(step.dir, name) : join(root, name)
  if (!existsSync(file)) return [at(what, `there is no ${name}`)]
  const lines = readFileSync(file, 'utf8').split('\n')
  if (language === 'diff') return [at(what, diffDrift(content, lines, step && join(before(step).dir, name)))]
  return [at(what, quoteDrift(content, lines))]
}

const leftOut = /^\s*(\/\/|<!--|\/\*|#)?\s*…\s*(-->|\*\/)?$/

/** The first piece of a quote that does not stand in the file, or undefined. */
function quoteDrift(quote: string, lines: string[]): string | undefined {
  const pieces: string[][] = [[]]
  for (const line of quote.trimEnd().split('\n')) {
    if (leftOut.test(line)) pieces.push([])
    else pieces.at(-1)!.push(line)
  }
  const drifted = pieces.map(trimBlank).find((piece) => piece.length > 0 && !stands(piece, lines))
  return drifted && `these lines do not stand there word for word:\n${drifted.join('\n')}`
}

function stands(piece: string[], lines: string[]): boolean {
  const wanted = dedent(piece).join('\n')
  return lines.some((_, at) => dedent(lines.slice(at, at + piece.length)).join('\n') === wanted)
}

function dedent(lines: string[]): string[] {
  const indents = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length)
  const indent = Math.min(...indents)
  return lines.map((line) => line.slice(indent).trimEnd())
}

function trimBlank(lines: string[]): string[] {
  const first = lines.findIndex((line) => line.trim())
  const last = lines.findLastIndex((line) => line.trim())
  return first < 0 ? [] : lines.slice(first, last + 1)
}

/** Lines with `-` stand in the step before, lines with `+` or nothing in this one. */
function diffDrift(diff: string, lines: string[], beforeFile?: string): string | undefined {
  const now = new Set(lines.map((line) => line.trim()))
  const then = new Set(
    (beforeFile && existsSync(beforeFile) ? readFileSync(beforeFile, 'utf8') : '')
      .split('\n')
      .map((line) => line.trim()),
  )
  for (const line of diff.split('\n').filter((one) => one.trim() && !leftOut.test(one))) {
    const [there, name] = line.startsWith('-') ? [then, 'the step before'] : [now, 'this step']
    if (!there.has(line.slice(1).trim())) return `not in ${name}: ${line}`
  }
  return undefined
}

const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts

/** Every npm command in a piece of code. */
function commands(code: string, at: At): Kept[] {
  return [...code.matchAll(/\bnpm (run )?([a-z:-]+)(?: (\d+))?(?: (\d+))?/g)].map(
    ([command, run, name = '', ...numbers]) => {
      const known = run ? name in scripts : ['start', 'test', 'install', 'ci'].includes(name)
      const wrongNumber = numbers.filter(Boolean).find((number) => !steps[Number(number) - 1])
      return at(
        `the command ${command}`,
        known ? wrongNumber && `there is no step ${wrongNumber}` : 'package.json has no such script',
      )
    },
  )
}

/** A link to a file leads to one; a picture comes from this project. */
function links(token: Token, file: string, at: At): Kept[] {
  const target =
    token.type === 'image' ? token.attrGet('src') : token.type === 'link_open' ? token.attrGet('href') : null
  if (typeof target !== 'string' || target.startsWith('#')) return []
  const outside = /^[a-z]+:/.test(target)
  if (outside)
    return [at(`the link to ${target}`, token.type === 'image' ? 'a picture from elsewhere' : undefined)]
  const there = existsSync(join(dirname(file), target.replace(/#.*$/, '')))
  return [at(`the link to ${target}`, there ? undefined : 'there is no such file')]
}

/** The table of events and events.ts name the same events. */
function eventTable(step: Step, source: string, at: At): Kept[] {
  const file = join(step.dir, 'events.ts')
  if (!existsSync(file)) return []
  const inFile = [...readFileSync(file, 'utf8').matchAll(/^ {2}(?:'([^']+)'|(\w+)): \([^)]*\) => void/gm)]
  const events = new Set(inFile.map(([, quoted, plain]) => quoted ?? plain!))
  if (events.size === 0) return []
  const [table = ''] = /^\| *event *\|.*\n(?:\|.*\n)*/m.exec(source) ?? []
  const rows = new Set([...table.matchAll(/^\| *`([^`]+)` *\|/gm)].map(([, name]) => name!))
  return [
    ...[...rows].map((name) =>
      at(`the event ${name}`, events.has(name) ? undefined : 'events.ts has no such event'),
    ),
    ...[...events].map((name) =>
      at(`the event ${name}`, rows.has(name) ? undefined : 'the table of events leaves it out'),
    ),
  ]
}
