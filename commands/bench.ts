import { Advice } from '#shared/terminal/advice'
import { maxServers } from '#shared/classroom/server/run-servers'
import { bench, capacity, capacityOfServers, compare, report } from '../bench/run-bench.ts'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'
import { nearest } from '#shared/terminal/nearest'

export const spec = {
  command: 'npm run bench',
  does: 'Measures what WebSocket and polling cost on this machine: requests, bytes, waiting, processor time.',
  words: ['[compare|report|capacity]', '[RESULT]', '[RESULT]'],
  options: {
    quick: [true, 'three transports, one short round: a first answer'],
    full: [true, 'more rooms, with 2 to 100 guests, and longer'],
    json: [true, 'prints the result as JSON, and nothing else'],
    bare: [true, "guests send a Node client's few headers, not a browser's"],
    url: ['http://localhost:5000', 'measures a server of yours that runs already'],
    protocol: ['chat', 'the events that your server knows: those of step 5'],
    servers: ['1,2,3', 'with capacity: step 18 on so many servers, with Postgres and Redis'],
  },
  example: 'npm run bench -- --quick',
  about: [
    [
      '  npm run bench compare A.json B.json   shows what differs between two results',
      "  npm run bench report A.json           writes a result's page again",
      '  npm run bench capacity                finds out how much a server can carry',
    ].join('\n'),
    'Results are in bench/results/. bench/README.md says how to read them.',
  ],
} as const satisfies CommandSpec

/** What each of its words takes. */
const known = new Map([
  ['compare', 'two results'],
  ['report', 'one result'],
  ['capacity', 'no word behind it'],
])

/** `npm run bench`: WebSocket against polling, measured on this machine; `bench compare A B` holds two results together. */
export default function (words: string[]): Promise<number> {
  const { positionals, flag, option } = parseCommand(words, spec)
  const [verb, ...files] = positionals
  const servers = option('servers')
  if (servers !== undefined && verb !== 'capacity') {
    throw new Advice('--servers goes with the word capacity.', `For example:  ${serversExample}`)
  }
  if (verb === 'compare' && files.length === 2) return compare(files[0] ?? '', files[1] ?? '')
  if (verb === 'report' && files.length === 1) return report(files[0] ?? '')
  if (flag('quick') && flag('full')) {
    throw new Advice('--quick and --full cannot go together: choose one.', `For example:  ${spec.example}`)
  }
  const mode = (['quick', 'full'] as const).find(flag) ?? 'default'
  if (verb === 'capacity' && files.length === 0) {
    const how = { mode, json: flag('json') } as const
    return servers === undefined ? capacity(how) : capacityOfServers(countsOf(servers), how)
  }
  if (verb !== undefined) {
    const meant = nearest(verb, [...known.keys()])
    throw new Advice(
      known.has(verb)
        ? `npm run bench ${verb} takes ${known.get(verb)}.`
        : `npm run bench does not know ${JSON.stringify(verb)}.${meant ? ` Did you mean ${meant}?` : ''}`,
      `What it knows:  ${spec.command} -- --help`,
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

const serversExample = 'npm run bench -- capacity --servers 1,2,3'

/** Numbers of servers, as typed with commas; one that is typed twice is measured once. */
function countsOf(text: string): number[] {
  const counts = text.split(',').map(Number)
  if (counts.every((count) => Number.isInteger(count) && count >= 1 && count <= maxServers)) {
    return [...new Set(counts)]
  }
  throw new Advice(
    `--servers is ${JSON.stringify(text)}, but it is whole numbers from 1 to ${maxServers}, with commas.`,
    `For example:  ${serversExample}`,
  )
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
