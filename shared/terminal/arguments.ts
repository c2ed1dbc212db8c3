import { parseArgs, type ParseArgsConfig } from 'node:util'
import { Advice } from './advice.ts'

/** What a command takes. */
export interface CommandSpec {
  /** as typed, `npm run step` */
  command: string
  /** an example of each option's value, for advice: `{ port: '3001' }`, or true for a flag */
  options?: Record<string, string | true>
  /** how many words may stand beside the options */
  maxPositionals: number
  /** a line that would have been right */
  example: string
  /** for `--help`: more lines, about what the README does not say */
  about?: readonly string[]
}

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
 * @throws Help when `--help` is among the words
 */
export function parseCommand(words: string[], spec: CommandSpec, env = process.env): ParsedCommand {
  const { command, options = {}, maxPositionals, example } = spec
  if (words.includes('--help') || words.includes('-h')) throw new Help(usage(spec))
  const { values, positionals } = parse(words, spec)

  for (const [name, sample] of Object.entries(options)) {
    const taken = env[`npm_config_${name.replaceAll('-', '_')}`]
    if (taken === undefined || values[name] !== undefined) continue
    // Some versions of npm keep the value as well, others leave it among the words.
    const isLeft = sample !== true && (taken === 'true' || taken === '')
    const others = isLeft ? positionals.slice(0, -1) : positionals
    const value = sample === true ? '' : ` ${isLeft ? (positionals.at(-1) ?? sample) : taken}`
    throw new Advice(
      `npm took --${name} for itself: between npm's words and ours stands a lone --.`,
      `Type:  ${[command, ...others].join(' ')} -- --${name}${value}`,
    )
  }

  if (positionals.length > maxPositionals) {
    throw new Advice(
      `${command} takes ${limit(maxPositionals)}, and here are ${positionals.length}: ${positionals.join(' ')}.`,
      `For example:  ${example}`,
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

function usage({ command, options = {}, maxPositionals, example, about }: CommandSpec): string {
  const known = Object.entries(options).map(
    ([name, sample]) => `[--${name}${sample === true ? '' : ` ${sample}`}]`,
  )
  const dashes = known.length > 0 ? ['[--', ...known].join(' ') + ']' : ''
  const word = maxPositionals > 0 ? '[…]' : ''
  return `Usage:        ${[command, word, dashes].filter(Boolean).join(' ')}
For example:  ${example}
${about?.join('\n') ?? 'The README says what each command does.'}`
}

function limit(maxPositionals: number): string {
  if (maxPositionals === 0) return 'no word behind it'
  return maxPositionals === 1 ? 'one word' : `${maxPositionals} words`
}

function parse(words: string[], { command, options = {}, example }: CommandSpec) {
  const config: ParseArgsConfig['options'] = {}
  for (const [name, sample] of Object.entries(options)) {
    config[name] = { type: sample === true ? 'boolean' : 'string' }
  }
  try {
    return parseArgs({ args: words, options: config, allowPositionals: true })
  } catch (error) {
    if (!(error instanceof TypeError) || !('code' in error)) throw error
    const known = Object.entries(options).map(([name, sample]) =>
      sample === true ? `--${name}` : `--${name} ${sample}`,
    )
    const what =
      error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
        ? `${command} does not know ${/'([^']+)'/.exec(error.message)?.[1] ?? 'that option'}.`
        : `${error.message}.`
    const have = known.length > 0 ? `Its options are: ${known.join(', ')}.` : 'It has no options.'
    throw new Advice(`${what} ${have}`, `For example:  ${example}`)
  }
}

/**
 * The port that was asked for.
 *
 * @param text as typed; undefined means 3000
 * @param command as typed, `npm run step 5`
 * @throws Advice when it is no port
 */
export function readPort(text: string | undefined, command: string): number {
  if (text === undefined) return 3000
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new Advice(
    `--port is ${JSON.stringify(text)}, and a port is a whole number from 0 to 65535.`,
    `For example:  ${command} -- --port 3001`,
  )
}
