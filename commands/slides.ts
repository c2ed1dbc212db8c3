import { relative } from 'node:path'
import { writeHandout, writePaper } from '../slides/handout.ts'
import { serveSlides } from '../slides/slide-server.ts'
import { deckNames, readDeck, readPaper, slidesOf } from '../slides/source.ts'
import { Advice } from '#shared/terminal/advice'
import { askedToStop } from '#shared/run/run-at-terminal'
import { parseCommand, readPort, type CommandSpec } from '#shared/terminal/arguments'
import { say } from '#shared/terminal/wrap'

export const spec = {
  command: 'npm run slides',
  does: 'Shows the slides of the workshop, with your program live in them, until Ctrl-C.',
  words: ['[FILE]'],
  options: {
    part: ['2', 'one deck alone: 1, 2, 3, or hour, which is that of 60 minutes'],
    pdf: [true, 'writes a handout to FILE instead'],
    'no-notes': [true, 'with --pdf: for learners, without the notes, in which the answers are'],
    paper: [true, 'writes two sheets for everybody to FILE: a page of everything, and an exercise'],
    port: ['3201', 'the port of the slides, in place of 3200; PORT=3201 does the same'],
  },
  example: 'npm run slides -- --pdf handout.pdf',
} as const satisfies CommandSpec

/** `npm run slides`: the decks, with a presenter view, until Ctrl-C; `-- --pdf` writes a handout instead. */
export default async function (typed: string[]): Promise<number> {
  const { positionals, option, flag } = parseCommand(typed, spec)
  const [file] = positionals
  if (flag('paper')) return paper(file ?? 'handout-paper.pdf')
  if (flag('pdf')) return handout(option('part') ?? '1', file, !flag('no-notes'))
  if (file !== undefined) {
    throw new Advice(
      `npm run slides takes a file only with --pdf, and you typed ${file}.`,
      `For example:  ${spec.example}`,
    )
  }
  const asked = option('port') ?? (process.env.PORT || undefined)
  const slides = await open(asked === undefined ? undefined : readPort(option('port'), spec.command))
  for (const name of option('part') ? [deckOf(option('part') ?? '')] : deckNames()) {
    say(`${readDeck(name).title}:  ${slides.url}/${name}`)
    say(`  for the presenter:  ${slides.url}/${name}/presenter`)
  }
  say('After an edit of a slide or a step, load the page again. Ctrl-C stops it.')
  await askedToStop()
  await slides.close()
  return 0
}

async function open(port: number | undefined) {
  try {
    return await serveSlides(port)
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || port === undefined) throw error
    throw new Advice(
      `Port ${port} cannot be used: ${error.message}.`,
      `Use another one, or leave it out:  ${spec.command} -- --port ${port + 1}`,
    )
  }
}

async function paper(file: string): Promise<number> {
  await writePaper(file)
  say(`${relative('', file)}: ${readPaper().length} sheets, a page each`)
  return 0
}

async function handout(part: string, file: string | undefined, withNotes: boolean): Promise<number> {
  const deck = deckOf(part)
  const written = file ?? `handout-${deck}${withNotes ? '' : '-no-notes'}.pdf`
  await writeHandout(deck, written, { withNotes })
  say(`${relative('', written)}: ${slidesOf(readDeck(deck)).length} slides, two a page`)
  return 0
}

function deckOf(part: string): string {
  const found = deckNames().find((name) => name === `part-${part}` || name === part)
  if (found !== undefined) return found
  const parts = deckNames().map((name) => name.replace('part-', ''))
  throw new Advice(
    `There is no part ${JSON.stringify(part)}: there are ${new Intl.ListFormat('en-GB').format(parts)}.`,
    `For example:  ${spec.command} -- --part ${parts[0]}`,
  )
}
