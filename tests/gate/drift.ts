import type { Step } from '#shared/course/course'
import { rungsIn } from '#shared/course/hints'
import { isProgram } from '#shared/course/lesson'
import { deckNames } from '../../slides/source.ts'
import { readDocument, type Document } from './document.ts'
import type { CourseResult } from './course-result.ts'
import { drawings } from './drawings.ts'
import { everyCall, everyPlace } from './glossary.ts'
import { links } from './links.ts'
import { agendaOfDeck, agendas, slideMinutes, stepTable } from './minutes.ts'
import { namedCommands } from './named-commands.ts'
import { eventTable, namedEvents } from './named-events.ts'
import { quiz } from './quiz.ts'
import { fromBlocks, quotes } from './quotes.ts'
import { pathIn, projectTexts, type Texts } from './texts.ts'

/**
 * Promise 4 for lessons and hints: what they quote stands word for word in the file that it names; every command, event,
 * link and minute is that of the course; every answer of a quiz is tested.
 *
 * @param some the steps whose texts are read
 */
export function nothingDrifts(some: readonly Step[], texts = projectTexts): CourseResult[] {
  return some.flatMap((step) => [
    ...inFolder(step, 'README.md', texts, lesson),
    ...inFolder(step, 'hints.md', texts, hints),
  ])
}

/** Promise 4 for all texts that belong to no step. */
export function nothingDriftsBeside(texts: Texts = projectTexts): CourseResult[] {
  const read = (path: string) => readDocument(path, texts)
  const [readme, instructor, glossary] = ['README.md', 'INSTRUCTOR.md', 'GLOSSARY.md'].map(read)
  if (!readme || !instructor || !glossary) throw new Error('three paths are three documents')
  const others = ['CONTRIBUTING.md', 'DEPLOYING.md', 'bench/README.md'].map(read)
  const slides = texts
    .filesIn('slides')
    .filter((path) => path.endsWith('.md'))
    .map(read)
  return [
    ...[readme, instructor, glossary, ...others].flatMap((document) => [
      ...quotes(document, texts),
      ...named(document, texts),
    ]),
    // What a slide quotes is put there when it is served: the deck's own tests look at that.
    ...slides.flatMap((slide) => [...named(slide, texts), ...slideMinutes(slide, texts)]),
    ...stepTable(readme, texts),
    ...agendas(instructor, texts),
    ...deckNames().flatMap((deck) =>
      agendaOfDeck(
        instructor,
        slides.filter(({ path }) => path.startsWith(`slides/${deck}/`)),
        texts,
      ),
    ),
    ...everyCall(glossary, texts),
    ...everyPlace(glossary, texts),
    ...drawings(texts),
  ]
}

/** What a text in a step's folder says; it has to be there. */
function inFolder(
  step: Step,
  file: string,
  texts: Texts,
  look: (document: Document, step: Step, texts: Texts) => CourseResult[],
): CourseResult[] {
  const path = pathIn(step, file)
  if (texts.read(path) === undefined) {
    return [{ promise: 4, where: step.name, what: file, broken: 'there is none' }]
  }
  return look(readDocument(path, texts, step), step, texts)
}

function lesson(document: Document, step: Step, texts: Texts): CourseResult[] {
  const { source, at } = document
  const titled = source.startsWith(`# ${step.name.slice(0, 2)} · ${step.title}\n`)
  const timed = source.includes(`**${step.minutes} minutes.**`)
  return [
    at('its title', titled ? undefined : `not “${step.title}”`),
    at('its minutes', timed ? undefined : `not **${step.minutes} minutes.**`),
    at('its parts', partsDrift(source)),
    ...(isProgram(source) ? [] : quotes(document, texts)), // the blocks of a program: lessons.ts applies them
    ...named(document, texts),
    ...eventTable(step, document, texts),
    ...quiz(document, step, texts),
  ]
}

/** A lesson's parts, in this order; others may stand between them. A lesson that is a program begins as it likes. */
const laterParts = ['**Dare.**', '## Quiz', '## What we left out']
const parts = ['## The itch', '## The change', '## Try it', ...laterParts]

function partsDrift(source: string): string | undefined {
  let from = 0
  for (const part of isProgram(source) ? ['> **Checkpoint 1**', ...laterParts] : parts) {
    const found = source.indexOf(`\n${part}`, from)
    if (found < 0) return `no “${part}”, or not in its place`
    from = found
  }
  return undefined
}

function hints(document: Document, _step: Step, texts: Texts): CourseResult[] {
  const rungs = rungsIn(document.source)
  const isRight = rungs.length === 3 && rungs.every((rung) => rung.split('\n').length > 2)
  return [
    document.at('three rungs', isRight ? undefined : `it has ${rungs.length}`),
    ...quotes(document, texts),
    ...fromBlocks(document, texts),
    ...named(document, texts),
  ]
}

/** Commands, events and links. */
function named(document: Document, texts: Texts): CourseResult[] {
  return [...namedCommands(document, texts), ...namedEvents(document, texts), ...links(document, texts)]
}
