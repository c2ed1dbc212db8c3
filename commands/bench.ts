import { Advice } from '#shared/terminal/advice'
import { bench, capacity, compare, report } from '../bench/run-bench.ts'
import { parseCommand } from '#shared/terminal/arguments'

const spec = {
  command: 'npm run bench',
  options: {
    quick: true,
    full: true,
    json: true,
    bare: true,
    url: 'http://localhost:5000',
    protocol: 'chat',
  },
  maxPositionals: 3,
  example: 'npm run bench -- --quick',
} as const

/** What may stand behind it, and what each takes. */
const known = new Map([
  ['compare', 'two results'],
  ['report', 'one result'],
  ['capacity', 'no word behind it'],
])

/** `npm run bench`: WebSocket against polling, measured on this machine; `bench compare A B` holds two results together. */
export default function (words: string[]): Promise<number> {
  const { positionals, flag, option } = parseCommand(words, spec)
  const [verb, ...files] = positionals
  if (verb === 'compare' && files.length === 2) return compare(files[0] ?? '', files[1] ?? '')
  if (verb === 'report' && files.length === 1) return report(files[0] ?? '')
  if (flag('quick') && flag('full')) {
    throw new Advice('--quick and --full exclude each other.', `For example:  ${spec.example}`)
  }
  const mode = (['quick', 'full'] as const).find(flag) ?? 'default'
  if (verb === 'capacity' && files.length === 0) return capacity({ mode, json: flag('json') })
  if (verb !== undefined) {
    throw new Advice(
      known.has(verb)
        ? `bench ${verb} takes ${known.get(verb)}.`
        : `The bench does not know ${JSON.stringify(verb)}.`,
      'For example:  npm run bench -- compare bench/results/A.json bench/results/B.json',
    )
  }
  return bench({
    command: [spec.command, ...(words.length > 0 ? ['--', ...words] : [])].join(' '),
    mode,
    bare: flag('bare'),
    json: flag('json'),
    url: addressOf(option('url'), option('protocol')),
  })
}

/** What step 5's events are called to somebody who has never seen this course. */
const protocol = 'chat'

function addressOf(url: string | undefined, spoken: string | undefined): string | undefined {
  if (spoken !== undefined && spoken !== protocol) {
    throw new Advice(
      `The bench does not speak ${JSON.stringify(spoken)}; it speaks the events of step 5.`,
      `For example:  npm run bench -- --url http://localhost:5000 --protocol ${protocol}`,
    )
  }
  if (url === undefined || (URL.canParse(url) && new URL(url).protocol === 'http:')) return url
  throw new Advice(
    `--url is ${JSON.stringify(url)}, and the bench needs an address with http:// to count what crosses.`,
    `For example:  npm run bench -- --url http://localhost:5000 --protocol ${protocol}`,
  )
}
