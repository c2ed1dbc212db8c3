import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import MarkdownIt from 'markdown-it'
import { Advice } from '#shared/terminal/advice'
import { type Step, steps } from '#shared/course/course'

/** How a slide looks; README.md says what each is for. */
export const looks = ['plain', 'title', 'statement', 'turn', 'question'] as const
export type Look = (typeof looks)[number]

export interface Slide {
  /** its place in the address: `05-somebody-said-hello` */
  readonly id: string
  readonly title: string
  readonly minutes: number
  readonly look: Look
  /** Markdown */
  readonly body: string
  /** Markdown */
  readonly notes: string
}

export interface Section {
  /** its file's name without `.md`, `05-nicknames` */
  readonly name: string
  readonly title: string
  /** what is planned for it, its step's when it says none; its slides must add up to that */
  readonly minutes: number
  /** the step that it is about */
  readonly step: Step | undefined
  readonly slides: readonly Slide[]
}

export interface Deck {
  /** its folder's name, `part-1` */
  readonly name: string
  /** the title of its first slide */
  readonly title: string
  readonly sections: readonly Section[]
}

const markdown = new MarkdownIt()

/** The names of all decks: of the parts in their order, which are folders beside this file, and behind them `hour`. */
export function deckNames(dir: string = import.meta.dirname): string[] {
  const names = readdirSync(dir)
  const parts = names.filter((name) => /^part-\d+$/.test(name))
  return [
    ...parts.toSorted((one, other) => Number(one.slice(5)) - Number(other.slice(5))),
    ...names.filter((name) => name === 'hour'),
  ]
}

/**
 * Reads a deck from its folder.
 *
 * @param name `part-1`
 * @throws Advice when there is no such deck, or a section is not written as README.md says
 */
export function readDeck(name: string, dir: string = import.meta.dirname): Deck {
  if (!deckNames(dir).includes(name)) {
    throw new Advice(`There is no deck ${JSON.stringify(name)}.`, 'To see them all:  npm run slides')
  }
  const own = sectionsIn(join(dir, name))
  const parts = deckNames(dir).filter((other) => other !== name)
  const all = own.some(({ slides }) => slides.some(isBlank))
    ? parts.flatMap((part) => sectionsIn(join(dir, part)))
    : []
  const sections = own.map((section) => filled(section, all))
  return { name, title: sections[0]?.slides[0]?.title ?? name, sections }
}

function sectionsIn(folder: string): Section[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .toSorted()
    .map((file) => sectionOf(file.replace(/\.md$/, ''), readFileSync(join(folder, file), 'utf8')))
}

const isBlank = ({ body, notes }: Slide) => body.trim() === '' && notes === ''

/**
 * A slide that is a heading alone is the one with the same heading in another deck's section of the same title; its minutes
 * are its own.
 *
 * @throws Advice when there is none
 */
function filled(section: Section, others: readonly Section[]): Section {
  const same = others.filter(({ title }) => title === section.title).flatMap(({ slides }) => slides)
  const slides = section.slides.map((slide) => {
    if (!isBlank(slide)) return slide
    const found = same.find(({ title, ...other }) => title === slide.title && !isBlank({ title, ...other }))
    if (found) return { ...found, id: slide.id, minutes: slide.minutes }
    throw new Advice(
      `In ${section.name}.md “${slide.title}” has no text, and no other deck has it in “${section.title}”.`,
      'Write what stands on it, or the heading of a slide that is there.',
    )
  })
  return { ...section, slides }
}

/** A sheet of paper for everybody. */
export interface Sheet {
  /** its file's name without `.md` */
  readonly name: string
  readonly title: string
  /** Markdown */
  readonly body: string
}

/** The sheets in `slides/paper`, a page each, in the order of their names. */
export function readPaper(dir: string = join(import.meta.dirname, 'paper')): Sheet[] {
  return readdirSync(dir)
    .filter((file) => file.endsWith('.md'))
    .toSorted()
    .map((file) => {
      const [, title = '', body = ''] = /^# (.*)\n([^]*)$/.exec(readFileSync(join(dir, file), 'utf8')) ?? []
      return { name: file.replace(/\.md$/, ''), title, body }
    })
}

/** All slides of a deck, each with its section. */
export function slidesOf({ sections }: Deck): { slide: Slide; section: Section }[] {
  return sections.flatMap((section) => section.slides.map((slide) => ({ slide, section })))
}

/**
 * A section from its Markdown.
 *
 * @param name its file's name without `.md`
 * @throws Advice when a slide has no minutes, or the section no title
 */
export function sectionOf(name: string, source: string): Section {
  const lines = source.split('\n')
  const [first, ...others] = headings(source)
  if (first?.level !== 1)
    throw new Advice(`${name}.md has no title.`, 'Its first line begins with  #  and its title.')
  const { text, minutes } = withBraces(first.text)
  const step = steps.find((one) => one.name === name || text === `${one.name.slice(0, 2)} · ${one.title}`)
  if (!step && minutes === undefined)
    throw new Advice(`${name}.md does not say how long it takes.`, `Write:  # ${text} {10 min}`)

  const slides = others
    .filter(({ level }) => level === 2)
    .map((heading, index, all): Slide => {
      const braces = withBraces(heading.text)
      if (braces.minutes === undefined) {
        throw new Advice(
          `In ${name}.md “${braces.text}” does not say how long it takes.`,
          `Write:  ## ${braces.text} {2 min}`,
        )
      }
      const own = lines.slice(heading.line + 1, all[index + 1]?.line)
      const notesAt = own.findIndex((line) => line.trim() === 'Notes:')
      return {
        id: `${name.slice(0, 2)}-${slug(braces.text)}`,
        title: braces.text,
        minutes: braces.minutes,
        look: braces.look,
        body: own.slice(0, notesAt < 0 ? undefined : notesAt).join('\n'),
        notes:
          notesAt < 0
            ? ''
            : own
                .slice(notesAt + 1)
                .join('\n')
                .trim(),
      }
    })
  return { name, title: text, minutes: minutes ?? step?.minutes ?? 0, step, slides }
}

/** Headings outside of fences, with the line that they stand in, from 0. */
function headings(source: string): { level: number; line: number; text: string }[] {
  const tokens = markdown.parse(source, {})
  return tokens.flatMap(({ type, tag, map }, index) =>
    type === 'heading_open'
      ? [{ level: Number(tag.slice(1)), line: map?.[0] ?? 0, text: tokens[index + 1]?.content ?? '' }]
      : [],
  )
}

/** `The itch {2 min, statement}` taken apart. */
function withBraces(heading: string): { text: string; minutes?: number; look: Look } {
  const found = /^(.*?)\s*\{(\d+(?:\.5)?) min(?:, ([a-z]+))?\}$/.exec(heading)
  if (!found) return { text: heading, look: 'plain' }
  const [, text = '', minutes, wanted] = found
  const look = looks.find((one) => one === wanted)
  if (wanted && !look)
    throw new Advice(`A slide cannot look like ${JSON.stringify(wanted)}.`, `It can be ${looks.join(', ')}.`)
  return { text, minutes: Number(minutes), look: look ?? 'plain' }
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}
