import { parseArgs, type ParseArgsConfig } from 'node:util'
import { Advice } from './advice.ts'

/** What a command takes; an example of each option's value, for advice: `{ port: '3001' }`, or true for a switch. */
export interface Grammar {
  /** as typed, `npm run step` */
  command: string
  options?: Record<string, string | true>
  /** how many words may stand beside the options */
  most: number
  /** a line that would have been right */
  example: string
}

/** The words as the command means them. */
export interface Words {
  /** the words that are no options */
  plain: string[]
  /** the value of an option that was given */
  value(option: string): string | undefined
  /** whether a switch was given */
  has(option: string): boolean
}

/**
 * Reads the words behind a command.
 *
 * @param env npm keeps an option before `--` for itself, and leaves it here as `npm_config_<option>`
 * @throws Advice for an option that does not exist, a word too many, or a forgotten `--`
 */
export function readWords(words: string[], grammar: Grammar, env = process.env): Words {
  const { command, options = {}, most, example } = grammar
  const { values, positionals } = parse(words, grammar)

  for (const [option, sample] of Object.entries(options)) {
    const kept = env[`npm_config_${option.replaceAll('-', '_')}`]
    if (kept === undefined || values[option] !== undefined) continue
    // Some versions of npm keep the value as well, others leave it among the words.
    const stray = sample !== true && (kept === 'true' || kept === '')
    const plain = stray ? positionals.slice(0, -1) : positionals
    const value = sample === true ? '' : ` ${stray ? (positionals.at(-1) ?? sample) : kept}`
    throw new Advice(
      `npm took --${option} for itself: between npm's words and ours stands a lone --.`,
      `Type:  ${[command, ...plain].join(' ')} -- --${option}${value}`,
    )
  }

  if (positionals.length > most) {
    const limit = most === 0 ? 'no word behind it' : most === 1 ? 'one word' : `${most} words`
    throw new Advice(
      `${command} takes ${limit}, and here are ${positionals.length}: ${positionals.join(' ')}.`,
      `For example:  ${example}`,
    )
  }
  return {
    plain: positionals,
    value(option) {
      const value = values[option]
      return typeof value === 'string' ? value : undefined
    },
    has: (option) => values[option] === true,
  }
}

function parse(words: string[], { command, options = {}, example }: Grammar) {
  const config: ParseArgsConfig['options'] = {}
  for (const [option, sample] of Object.entries(options)) {
    config[option] = { type: sample === true ? 'boolean' : 'string' }
  }
  try {
    return parseArgs({ args: words, options: config, allowPositionals: true })
  } catch (error) {
    if (!(error instanceof TypeError) || !('code' in error)) throw error
    const known = Object.entries(options).map(([option, sample]) =>
      sample === true ? `--${option}` : `--${option} ${sample}`,
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
