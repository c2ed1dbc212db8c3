import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, type Step } from '#shared/course/course'
import { hintsOf } from '#shared/course/hints'
import { readDocument, readProjectDocument, type Document } from './document.ts'
import type { Kept } from './course-result.ts'
import { everyCall } from './glossary.ts'
import { links } from './links.ts'
import { agendaOfDeck, agendas, slideMinutes, stepTable } from './minutes.ts'
import { namedCommands } from './named-commands.ts'
import { eventTable, namedEvents } from './named-events.ts'
import { drawings } from './drawings.ts'
import { quiz } from './quiz.ts'
import { quotes } from './quotes.ts'

/**
 * Promise 4 for lessons and hints: what they quote stands word for word in the file that it names; every command, event,
 * link and minute is that of the course; every answer of a quiz is tested.
 *
 * @param some the steps whose texts are read
 */
export async function nothingDrifts(some: readonly Step[]): Promise<Kept[]> {
  const kept = some.map(async (step) => [
    ...(has(step, 'README.md') ? lesson(step) : missing(step, 'README.md')),
    ...(has(step, 'hints.md') ? await hints(step) : missing(step, 'hints.md')),
  ])
  return (await Promise.all(kept)).flat()
}

/** Promise 4 for all texts that belong to no step. */
export function nothingDriftsBeside(): Kept[] {
  const readme = readProjectDocument('README.md')
  const instructor = readProjectDocument('INSTRUCTOR.md')
  const glossary = readProjectDocument('GLOSSARY.md')
  const others = ['CONTRIBUTING.md', 'bench/README.md'].map(readProjectDocument)
  return [
    ...[readme, instructor, glossary, ...others].flatMap((document) => [
      ...quotes(document),
      ...named(document),
    ]),
    // What a slide quotes is put there when it is served: the deck's own tests look at that.
    ...slides()
      .map(readProjectDocument)
      .flatMap((slide) => [...named(slide), ...slideMinutes(slide)]),
    ...stepTable(readme),
    ...agendas(instructor),
    ...agendaOfDeck(
      instructor,
      slides()
        .filter((path) => path.startsWith('slides/part-1/'))
        .map(readProjectDocument),
    ),
    ...everyCall(glossary),
    ...drawings(),
  ]
}

function lesson(step: Step): Kept[] {
  const document = readDocument(join(step.dir, 'README.md'), step)
  const { source, at } = document
  const titled = source.startsWith(`# ${step.name.slice(0, 2)} · ${step.title}\n`)
  const timed = source.includes(`**${step.minutes} minutes.**`)
  return [
    at('its title', titled ? undefined : `not “${step.title}”`),
    at('its minutes', timed ? undefined : `not **${step.minutes} minutes.**`),
    at('its parts', partsDrift(source)),
    ...quotes(document),
    ...named(document),
    ...eventTable(step, document),
    ...quiz(document),
  ]
}

/** A lesson's parts, in this order; others may stand between them. */
const parts = ['## The itch', '## The change', '## Try it', '**Dare.**', '## Quiz', '## What we left out']

function partsDrift(source: string): string | undefined {
  let from = 0
  for (const part of parts) {
    const found = source.indexOf(`\n${part}`, from)
    if (found < 0) return `no “${part}”, or not in its place`
    from = found
  }
  return undefined
}

async function hints(step: Step): Promise<Kept[]> {
  const document = readDocument(join(step.dir, 'hints.md'), step)
  const rungs = await hintsOf(step)
  const isRight = rungs.length === 3 && rungs.every((rung) => rung.split('\n').length > 2)
  return [
    document.at('three rungs', isRight ? undefined : `it has ${rungs.length}`),
    ...quotes(document),
    ...named(document),
  ]
}

/** Commands, events and links. */
function named(document: Document): Kept[] {
  return [...namedCommands(document), ...namedEvents(document), ...links(document)]
}

/** The deck's Markdown files, as paths from the project's folder; none where there is no deck. */
function slides(): string[] {
  if (!existsSync(join(root, 'slides'))) return []
  return readdirSync(join(root, 'slides'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .toSorted()
    .map((path) => `slides/${path.replaceAll('\\', '/')}`)
}

function has({ dir }: Step, file: string): boolean {
  return existsSync(join(dir, file))
}

function missing(step: Step, file: string): Kept[] {
  return [{ promise: 4, where: step.name, what: file, broken: 'there is none' }]
}
