import { describe, expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root, steps } from '#shared/course/course'
import { temporaryFolder } from '../tests/support/folders.ts'
import { deckNames, readDeck, sectionOf, slidesOf } from './source.ts'

const sum = (minutes: readonly { minutes: number }[]) => minutes.reduce((all, one) => all + one.minutes, 0)

test('a section is a title, and slides with minutes, a look and notes', () => {
  const source = [
    '# Let others in {10 min}',
    '## A `line` from the inside {2.5 min, statement}',
    'Body.',
    '```text',
    '## no heading',
    '```',
    'Notes:',
    'Say it.',
    '## Next {1 min}',
    'More.',
  ].join('\n')
  expect(sectionOf('90-share', source)).toEqual({
    name: '90-share',
    title: 'Let others in',
    minutes: 10,
    step: undefined,
    slides: [
      {
        id: '90-a-line-from-the-inside',
        title: 'A `line` from the inside',
        minutes: 2.5,
        look: 'statement',
        body: 'Body.\n```text\n## no heading\n```',
        notes: 'Say it.',
      },
      { id: '90-next', title: 'Next', minutes: 1, look: 'plain', body: 'More.', notes: '' },
    ],
  })
})

test.each([
  ['no title here', '90-share.md has no title'],
  ['# Share', '90-share.md does not say how long it takes'],
  ['# Share {10 min}\n## The itch', 'In 90-share.md “The itch” does not say how long it takes'],
  ['# Share {10 min}\n## The itch {2 min, loud}', 'A slide cannot look like "loud"'],
])('%j is answered with what to write', (source, words) => {
  expect(() => sectionOf('90-share', source)).toThrow(words)
})

test('there is no deck of another name', () => {
  expect(() => readDeck('part-9')).toThrow('There is no deck "part-9"')
})

const decks = deckNames().map((name) => readDeck(name))
const parts = decks.filter(({ name }) => name !== 'hour')

test('the decks have the steps in their order, none left out, each by its own title', () => {
  const sections = parts.flatMap((deck) => deck.sections.filter(({ step }) => step))
  expect(sections.map(({ title }) => title)).toEqual(
    steps.slice(0, sections.length).map(({ name, title }) => `${name.slice(0, 2)} · ${title}`),
  )
})

test('part one takes two hours: its steps, eight minutes to share, fourteen to measure, nine to open and close', () => {
  const [one] = decks
  const planned = new Map(one?.sections.map(({ name, minutes }) => [name, minutes]))
  expect(sum(one?.sections ?? [])).toBe(120)
  expect(planned.get('90-share')).toBe(8)
  expect(planned.get('91-bench')).toBe(14)
  expect((planned.get('00-opening') ?? 0) + (planned.get('99-closing') ?? 0)).toBe(9)
})

test('part two takes 160 minutes: its eight steps', () => {
  expect(sum(decks[1]?.sections ?? [])).toBe(160)
})

test('the hour takes an hour, and its slides are those of part one', () => {
  const hour = decks.find(({ name }) => name === 'hour')
  expect(sum(hour?.sections ?? [])).toBe(60)
  const one = slidesOf(parts[0]!).map(({ slide }) => slide)
  const own = slidesOf(hour!).filter(({ slide }) => !one.some(({ body }) => body === slide.body))
  expect(own.map(({ slide }) => slide.title)).toEqual(['On the Wire, in an hour', 'One hour'])
})

test('a slide that is a heading alone has to be in another deck', async () => {
  const dir = await temporaryFolder()
  for (const [deck, slides] of [
    ['part-1', '## Whole {1 min, question}\nText.\nNotes:\nSay it.'],
    ['hour', '## Whole {2 min}'],
  ] as const) {
    await mkdir(join(dir, deck))
    await writeFile(join(dir, deck, '90-share.md'), `# Share {2 min}\n${slides}\n`)
  }
  expect(readDeck('hour', dir).sections[0]?.slides).toEqual([
    { id: '90-whole', title: 'Whole', minutes: 2, look: 'question', body: 'Text.', notes: 'Say it.' },
  ])
  await writeFile(join(dir, 'hour', '90-share.md'), '# Share {2 min}\n## Whose {2 min}\n')
  expect(() => readDeck('hour', dir)).toThrow('“Whose” has no text, and no other deck has it in “Share”')
})

test('part three takes 65 minutes: its three steps', () => {
  expect(sum(decks[2]?.sections ?? [])).toBe(65)
})

describe.each(decks)('$name', (deck) => {
  test.each(deck.sections)('the slides of $name take as long as it is planned', (section) => {
    expect(sum(section.slides)).toBe(section.minutes)
  })

  test('a step that it tells people to begin is its own', () => {
    const told = slidesOf(deck).flatMap(({ slide, section }) =>
      [...slide.body.matchAll(/\*Begin step (\d+)\*/g)].map(([, step]) => [
        Number(step),
        section.step?.number,
      ]),
    )
    expect(told.length).toBeGreaterThan(1)
    expect(told.filter(([named, own]) => named !== own)).toEqual([])
  })

  test('the commands that it names exist', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    )
    const named = slidesOf(deck).flatMap(({ slide }) => [
      ...`${slide.body}\n${slide.notes}`.matchAll(/\bnpm run ([a-z:-]+)(?: (\d+))?(?: (\d+))?/g),
    ])
    expect(named).not.toEqual([])
    const wrong = named.filter(
      ([, script = '', ...numbers]) =>
        !Object.hasOwn(scripts, script) ||
        numbers.filter(Boolean).some((number) => !steps.some((step) => step.number === Number(number))),
    )
    expect(wrong).toEqual([])
  })

  test('every slide has notes, and a place of its own in the address', () => {
    const slides = slidesOf(deck).map(({ slide }) => slide)
    expect(slides.filter(({ notes }) => notes === '')).toEqual([])
    expect(new Set(slides.map(({ id }) => id)).size).toBe(slides.length)
  })
})
