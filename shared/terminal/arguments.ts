import { parseArgs, type ParseArgsConfig } from 'node:util'
import { Advice } from './advice.ts'
import { nearest } from './nearest.ts'
import { wrap } from './wrap.ts'

/** An option: an example of its value, or true for a flag; and what it does, without a full stop. */
export type Option = readonly [sample: string | true, does: string]

/** What a command takes. */
export interface CommandSpec {
  /** as typed, `npm run step` */
  command: string
  /** what it does, in a sentence or two */
  does: string
  /** the words that may stand beside the options, each as the usage line shows it: `[STEP]` */
  words?: readonly string[]
  options?: Readonly<Record<string, Option>>
  /** a line that would have been right */
  example: string
  /** for `--help`: paragraphs below the options */
  about?: readonly string[]
}

/** For every command whose program listens at a port. */
export const portOption = [
  '3001',
  'the port of your chat, in place of 3000; PORT=3001 does the same',
] as const

/** For every command that runs a step or `work/`. */
export const runOptions = {
  share: [true, 'opens the chat to others, as npm run share does'],
  servers: ['3', 'runs it so many times behind nginx, with Postgres and Redis: from step 18 on'],
  'no-wire': [true, 'leaves the wire out: the program itself listens at the port'],
} as const

/** Somebody asked for `--help`: its message is the answer, and nothing is wrong. */
export class Help extends Error {
  override name = 'Help'
}

/** What was typed behind a command. */
export interface ParsedCommand {
  /** the words that are no options */
  positionals: string[]
  /** the value of an option that was given */
  option(name: string): string | undefined
  /** whether a flag was given */
  flag(name: string): boolean
}

/**
 * Reads the words behind a command.
 *
 * @param env npm keeps an option before `--` for itself, and leaves it here as `npm_config_<option>`
 * @throws Advice for an option that does not exist, a word too many, or a forgotten `--`
 * @throws Help when `--help` is among the words, or `help` is the only one
 */
export function parseCommand(words: string[], spec: CommandSpec, env = process.env): ParsedCommand {
  const { command, options = {}, words: places = [] } = spec
  if (words.includes('--help') || words.includes('-h') || words.join() === 'help')
    throw new Help(helpText(spec, process.stdout.columns || 80))
  const { values, positionals } = parse(words, spec)

  for (const [name, [sample]] of Object.entries(options)) {
    const taken = env[`npm_config_${name.replaceAll('-', '_')}`]
    if (taken === undefined || values[name] !== undefined) continue
    // Some versions of npm keep the value as well, others leave it among the words.
    const isLeft = sample !== true && (taken === 'true' || taken === '')
    const others = isLeft ? positionals.slice(0, -1) : positionals
    const value = sample === true ? '' : ` ${isLeft ? (positionals.at(-1) ?? sample) : taken}`
    throw new Advice(
      `npm kept --${name} for itself, because there is no -- before it.`,
      `Type:  ${[command, ...others].join(' ')} -- --${name}${value}`,
    )
  }

  const bare = positionals.find((word) => Object.hasOwn(options, word))
  if (bare !== undefined) {
    throw new Advice(
      `${command} does not know the word ${bare}. Did you mean --${bare}?`,
      `For example:  ${lineWith(
        spec,
        bare,
        positionals.filter((word) => word !== bare),
      )}`,
    )
  }
  if (positionals.length > places.length) {
    throw new Advice(
      `${command} takes ${limit(places.length)}, but you typed ${positionals.length}: ${positionals.join(' ')}.`,
      `For example:  ${spec.example}`,
    )
  }
  return {
    positionals,
    option(name) {
      const value = values[name]
      return typeof value === 'string' ? value : undefined
    },
    flag: (name) => values[name] === true,
  }
}

/**
 * What `--help` prints.
 *
 * @param width of the terminal, in characters
 */
export function helpText(
  { command, does, words = [], options = {}, example, about }: CommandSpec,
  width = 80,
) {
  const known = Object.entries(options).map(([name, [sample, effect]]) => ({
    typed: typedAs(name, sample),
    effect,
  }))
  const left = Math.max(0, ...known.map(({ typed }) => typed.length)) + 4
  const usage = [command, ...words, ...(known.length > 0 ? ['[-- OPTIONS]'] : [])].join(' ')
  return [
    `${usage}\n`,
    does,
    ...(known.length > 0 ? [''] : []),
    ...known.map(({ typed, effect }) => wrap(`  ${typed.padEnd(left - 2)}${effect}`, width, left)),
    ...(about ?? []).map((paragraph) => `\n${paragraph}`),
    `\nFor example:  ${example}`,
  ]
    .flatMap((text) => text.split('\n'))
    .map((line) => wrap(line, width))
    .join('\n')
}

function typedAs(name: string, sample: string | true): string {
  return sample === true ? `--${name}` : `--${name} ${sample}`
}

/** A line with an option that is right, behind the words that were typed. */
function lineWith({ command, options = {} }: CommandSpec, name: string, words: readonly string[]): string {
  return [command, ...words, '--', typedAs(name, options[name]?.[0] ?? true)].join(' ')
}

function limit(words: number): string {
  if (words === 0) return 'no words behind it'
  return words === 1 ? 'one word' : `at most ${words} words`
}

function parse(words: string[], spec: CommandSpec) {
  const { command, options = {} } = spec
  const config: ParseArgsConfig['options'] = {}
  for (const [name, [sample]] of Object.entries(options)) {
    config[name] = { type: sample === true ? 'boolean' : 'string' }
  }
  try {
    return parseArgs({ args: words, options: config, allowPositionals: true })
  } catch (error) {
    if (!(error instanceof TypeError) || !('code' in error)) throw error
    const [typed = '--?', dashes, name = ''] = /(-{1,2})([\w-]+)/.exec(error.message) ?? []
    const option = options[name]
    const firstWords = words.slice(
      0,
      words.findIndex((word) => word.startsWith('-')),
    )
    if (dashes === '--' && option) {
      const [sample] = option
      throw new Advice(
        sample === true ? `${typed} takes no value.` : `${typed} needs a value behind it.`,
        `For example:  ${lineWith(spec, name, firstWords)}`,
      )
    }
    throw new Advice(
      [`${command} does not know ${typed}.`, instead(name, Object.keys(options))].join(' '),
      `What it knows:  ${command} -- --help`,
    )
  }
}

function instead(name: string, known: readonly string[]): string {
  const meant = nearest(name, known)
  if (meant !== undefined) return `Did you mean --${meant}?`
  if (known.length === 0) return 'It has no options.'
  return `Its options are: ${known.map((one) => `--${one}`).join(', ')}.`
}

/**
 * The port that was asked for.
 *
 * @param text as typed; undefined means the one in the environment's PORT, or `otherwise`
 * @param command as typed, `npm run step 5`
 * @param options.name the option's, for advice
 * @throws Advice when it is no port
 */
export function readPort(
  text: string | undefined,
  command: string,
  { name = '--port', otherwise = 3000, env = process.env } = {},
): number {
  const asked = text ?? (env.PORT || String(otherwise))
  if (/^\d+$/.test(asked) && Number(asked) <= 65_535) return Number(asked)
  throw new Advice(
    `${text === undefined ? 'PORT' : name} is ${JSON.stringify(asked)}, but a port is a whole number from 0 to 65535.`,
    `For example:  ${command} -- ${name} 3001`,
  )
}
