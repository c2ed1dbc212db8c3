import type { Step } from '#shared/course/course'
import { inlineCode, type Document } from './document.ts'
import type { CourseResult } from './course-result.ts'
import { pathIn, programOf, type Texts } from './texts.ts'

/** The events of a step's events.ts, by name; none for a step without sockets. */
function eventsOf(step: Step, { read }: Texts): Set<string> {
  const typed = (read(pathIn(step, 'events.ts')) ?? '').matchAll(
    /^ {2}(?:'([^']+)'|(\w+)): \([^)]*\) => void/gm,
  )
  return new Set([...typed].map(([, quoted, plain]) => quoted ?? plain!))
}

/** The table of events in a step's lesson and its events.ts name the same events. */
export function eventTable(step: Step, { source, at }: Document, texts: Texts): CourseResult[] {
  const events = eventsOf(step, texts)
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

/**
 * What reads as an event is one: the name in `emit('…')` and `on('…')`, and several words between backticks when one of
 * them is a word of an event's name. It stands in a program of the course, up to this step. So does what a page says of
 * somebody, “ann joined”: there, the name is `${username}`.
 */
export function namedEvents(document: Document, texts: Texts): CourseResult[] {
  const upTo = document.step?.number ?? texts.steps.length
  const code = inlineCode(document).filter((text) => !text.startsWith('npm ')) // a command has words of events in it
  const words = new Set(texts.steps.flatMap((step) => [...eventsOf(step, texts)]).flatMap(wordsOf))
  const phrases = code.filter(
    (text) => /^[a-z]+(?:[ _][a-z]+)+$/.test(text) && wordsOf(text).some((word) => words.has(word)),
  )
  const called = code.flatMap((text) =>
    [...text.matchAll(/\.(?:emit|on|once)\('([^'…]+)'/g)].map(([, name]) => name!),
  )
  const programs = texts.steps.slice(0, upTo).map((step) => withoutComments(step, texts))
  const stands = (text: string) => programs.some((program) => program.includes(text))
  return [...new Set([...phrases, ...called])].map((name) => {
    const isThere = stands(name) || stands(name.replace(/^[a-z]+/, '${username}'))
    return document.at(`the event ${name}`, isThere ? undefined : `no program of steps 1 to ${upTo} has it`)
  })
}

function wordsOf(name: string): string[] {
  return name.split(/[ _]/)
}

function withoutComments(step: Step, texts: Texts): string {
  const sources = [...programOf(step, texts).values()].join('\n')
  return sources.replaceAll(/^\s*(?:\/\/|\/?\*).*$|\s\/\/ .*$/gm, '')
}
