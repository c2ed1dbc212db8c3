import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { programFilesIn, steps, type Step } from '#shared/course/course'
import { inlineCode, type Document } from './document.ts'
import type { Kept } from './course-result.ts'

/** The events of a step's events.ts, by name; none for a step without sockets. */
export function eventsOf(step: Step): Set<string> {
  const file = join(step.dir, 'events.ts')
  if (!existsSync(file)) return new Set()
  const typed = readFileSync(file, 'utf8').matchAll(/^ {2}(?:'([^']+)'|(\w+)): \([^)]*\) => void/gm)
  return new Set([...typed].map(([, quoted, plain]) => quoted ?? plain!))
}

/** The table of events in a step's lesson and its events.ts name the same events. */
export function eventTable(step: Step, { source, at }: Document): Kept[] {
  const events = eventsOf(step)
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

// Several words in lower case between backticks read as an event. These are what people in a lesson type, see, or invent.
const noEvents = new Set([
  'a note',
  'not for me',
  'lunch at one',
  'private message',
  'for_ben',
  'connected over polling',
])
const byPeople = /^(ann|ben|cleo|dan|eve|npm|curl|kill|node|git) /

/**
 * What reads as an event is one: several words between backticks stand in a program of the course, up to this step; so
 * does the name in `emit('…')` and `on('…')`.
 */
export function namedEvents(document: Document): Kept[] {
  const upTo = document.step?.number ?? steps.length
  const code = inlineCode(document)
  const phrases = code.filter(
    (text) => /^[a-z]+(?:[ _][a-z]+)+$/.test(text) && !byPeople.test(text) && !noEvents.has(text),
  )
  const called = code.flatMap((text) =>
    [...text.matchAll(/\.(?:emit|on|once)\('([^'…]+)'/g)].map(([, name]) => name!),
  )
  return [...new Set([...phrases, ...called])].map((name) =>
    document.at(
      `the event ${name}`,
      stands(name, upTo) ? undefined : `no program of steps 1 to ${upTo} has it`,
    ),
  )
}

const programs = new Map<number, string>()

function stands(name: string, upTo: number): boolean {
  return steps.slice(0, upTo).some((step) => {
    const program = programs.get(step.number) ?? withoutComments(step)
    programs.set(step.number, program)
    return program.includes(name)
  })
}

function withoutComments({ dir }: Step): string {
  const sources = programFilesIn(dir).map((file) => readFileSync(join(dir, file), 'utf8'))
  return sources.join('\n').replaceAll(/^\s*(?:\/\/|\/?\*).*$|\s\/\/ .*$/gm, '')
}
