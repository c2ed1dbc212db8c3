import { Advice } from '#shared/terminal/advice'
import { openClassroom } from '#shared/classroom/server/open-classroom'
import { askedToStop } from '#shared/run/run-at-terminal'
import { openWire, type WireRecord } from '#shared/wire/open-wire'
import { faultOptions, readFaults } from '#shared/wire/fault-options'
import { parseCommand, readPort } from '#shared/terminal/arguments'

const spec = {
  command: 'npm run wire',
  options: { to: 'http://localhost:5000', port: '3001', ...faultOptions },
  maxPositionals: 0,
  example: 'npm run wire -- --to http://localhost:5000 --delay 200',
} as const

/** `npm run wire`: stands in front of any address, and shows what crosses as a ladder, here and on a page. */
export default async function wire(typed: string[]): Promise<number> {
  const words = parseCommand(typed, spec)
  const to = words.option('to')
  if (to === undefined) {
    throw new Advice('The wire needs an address to stand in front of.', `For example:  ${spec.example}`)
  }
  const command = `npm run wire -- --to ${to}`
  const faults = readFaults(words, command)
  const opened = await openWire({ to, port: readAnyPort(words.option('port')), command, faults })
  const page = await openClassroom({ wire: opened, command, place: to })
  console.log(`The wire stands at  ${opened.url}  in front of  ${to}`)
  console.log(`Use the first in place of the second. The same as a page:  ${page.url}/wire`)
  console.log('Ctrl-C ends it.\n')
  console.log(`${'time'.padEnd(12)}  ${'lane'.padStart(4)}  guest   server     bytes  what`)
  opened.on('record', (record) => console.log(ladderLine(record)))
  await askedToStop()
  await page.close()
  await opened.close()
  return 0
}

function readAnyPort(text: string | undefined): number {
  return text === undefined ? 0 : readPort(text, spec.command)
}

/**
 * One line of the ladder: `12:00:00.123     5  ──────▶            29  new message “hi”`.
 * The lane is the number of the TCP connection.
 */
export function ladderLine({ at, connection, direction, bytes, meaning, within }: WireRecord): string {
  const time = new Date(at).toTimeString().slice(0, 8) + ((at / 1_000) % 1).toFixed(3).slice(1)
  const arrows = { up: '───────────▶', down: '◀───────────', none: '            ' }
  const size = bytes > 0 ? bytes.toLocaleString('en-US') : ''
  const indent = within === undefined ? '' : '  ' // a packet stands under the HTTP message that carried it
  return `${time}  ${String(connection || '').padStart(4)}  ${arrows[direction]}  ${size.padStart(9)}  ${indent}${meaning}`
}
