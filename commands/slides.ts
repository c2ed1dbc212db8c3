import { relative } from 'node:path'
import { writeHandout } from '../slides/handout.ts'
import { serveSlides } from '../slides/slide-server.ts'
import { deckNames, readDeck, slidesOf } from '../slides/source.ts'
import { Advice } from '#shared/terminal/advice'
import { askedToStop } from '#shared/run/run-at-terminal'
import { parseCommand, readPort, type CommandSpec } from '#shared/terminal/arguments'
import { say } from '#shared/terminal/wrap'

export const spec = {
  command: 'npm run slides',
  does: 'Shows the slides of the workshop, with your program live in them, until Ctrl-C.',
  words: ['[FILE]'],
  options: {
    part: ['2', 'one deck alone, 1 or 2'],
    pdf: [true, 'writes a handout to FILE instead'],
    port: ['3201', 'the port of the slides, in place of 3200; PORT=3201 does the same'],
  },
  example: 'npm run slides -- --pdf handout.pdf',
} as const satisfies CommandSpec

/** `npm run slides`: the decks, with a presenter view, until Ctrl-C; `-- --pdf` writes a handout instead. */
export default async function (typed: string[]): Promise<number> {
  const { positionals, option, flag } = parseCommand(typed, spec)
  const [file] = positionals
  if (flag('pdf')) return handout(option('part') ?? '1', file)
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

async function handout(part: string, file: string | undefined): Promise<number> {
  const deck = deckOf(part)
  const written = file ?? `handout-${deck}.pdf`
  await writeHandout(deck, written)
  say(`${relative('', written)}: ${slidesOf(readDeck(deck)).length} slides, two a page`)
  return 0
}

function deckOf(part: string): string {
  const name = `part-${part}`
  if (deckNames().includes(name)) return name
  const parts = deckNames().map((one) => one.slice(5))
  throw new Advice(
    `There is no part ${JSON.stringify(part)}: there are ${new Intl.ListFormat('en-GB').format(parts)}.`,
    `For example:  ${spec.command} -- --part ${parts[0]}`,
  )
}
