import { parseArgs } from 'node:util'
import { Advice } from '../advice.ts'
import { type Faults, openWire, type WireRecord } from '../wire/wire.ts'

const usage = `npm run wire -- --to http://localhost:5000
  --port N             where the wire stands; without it, any free port
  --delay MS           keeps every byte back so long, each way
  --trickle BYTES      lets no more than so many bytes a second through, each way
  --refuse-websocket   answers every request for a WebSocket with no`

/** `npm run wire`: stands in front of any address, and prints what crosses as a ladder, a record a line. */
export default async function wire(words: string[]): Promise<number | undefined> {
  const { values } = parseArgs({
    args: words,
    options: {
      to: { type: 'string' },
      port: { type: 'string' },
      delay: { type: 'string' },
      trickle: { type: 'string' },
      'refuse-websocket': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    console.log(usage)
    return 0
  }
  if (!values.to) throw new Advice('The wire needs an address to stand in front of.', usage)

  const opened = await openWire({ to: values.to, port: port(values.port), faults: faultsFrom(values) })
  console.log(`The wire stands at  ${opened.url}  in front of  ${values.to}`)
  console.log('Use the first in place of the second. Ctrl-C ends it.\n')
  console.log(`${'time'.padEnd(12)}  ${'lane'.padStart(4)}  guest   server     bytes  what`)
  opened.on('record', (record) => console.log(ladderLine(record)))
  return undefined
}

/**
 * One line of the ladder: `12:00:00.123     5  ──────▶            29  message · event · new message · hi`.
 * The lane is the number of the TCP connection.
 */
export function ladderLine({ at, connection, direction, bytes, meaning, within }: WireRecord): string {
  const time = new Date(at).toTimeString().slice(0, 8) + ((at / 1_000) % 1).toFixed(3).slice(1)
  const arrows = { up: '───────────▶', down: '◀───────────', none: '            ' }
  const size = bytes > 0 ? bytes.toLocaleString('en-US') : ''
  const indent = within === undefined ? '' : '  ' // a packet stands under the HTTP message that carried it
  return `${time}  ${String(connection || '').padStart(4)}  ${arrows[direction]}  ${size.padStart(9)}  ${indent}${meaning}`
}

/** The faults that are asked for on the command line, `npm run wire` and `npm run step` alike. */
export function faultsFrom(values: {
  delay?: string
  trickle?: string
  'refuse-websocket'?: boolean
}): Faults {
  return {
    delayMs: number('--delay', values.delay),
    bytesPerSecond: number('--trickle', values.trickle),
    refuseWebSocket: values['refuse-websocket'],
  }
}

function number(name: string, text = '0'): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  throw new Advice(`${name} is ${JSON.stringify(text)}, and it takes a number from 0 up.`, usage)
}

function port(text = '0'): number {
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new Advice(`--port is ${JSON.stringify(text)}, and a port is a whole number from 0 to 65535.`, usage)
}
