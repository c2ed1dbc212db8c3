import { Advice } from '#shared/terminal/advice'
import { openClassroom } from '#shared/classroom/server/open-classroom'
import { askedToStop } from '#shared/run/run-at-terminal'
import { openWire } from '#shared/wire/open-wire'
import { clientFinder, jsonLine, ladderHead, ladderLine, totalsTable } from '#shared/wire/print-records'
import { faultOptions, readFaults } from '#shared/wire/fault-options'
import { parseCommand, readPort } from '#shared/terminal/arguments'

export const spec = {
  command: 'npm run wire',
  options: { to: 'http://localhost:5000', port: '3001', json: true, ...faultOptions },
  maxPositionals: 0,
  example: 'npm run wire -- --to http://localhost:5000 --delay 200',
  about: [
    '',
    'It stands in front of any program that speaks HTTP, WebSocket or Socket.IO: open the address',
    "that it prints in place of the program's. Each message that crosses is a line, with the number",
    'of its TCP connection and its client: the address first, then what it calls itself (User-Agent).',
    'Ctrl-C ends it with what has crossed, transport by transport.',
    '',
    '  --to URL             where your program is; it is not changed, and needs not be of this workshop',
    '  --port N             where clients come in; any free one when left out',
    '  --json               a JSON object a line: each record, with head and body, and at the end the totals.',
    "                       Everything else goes to stderr; npm's own lines stay away with --silent:",
    '                       npm run --silent wire -- --to http://localhost:5000 --json > wire.jsonl',
    '  --delay MS           holds every byte back so long, both ways',
    '  --trickle BYTES      lets so many bytes a second through',
    '  --refuse-websocket   answers 400 to whoever asks for WebSocket',
    '',
    'What it prints and records is all that crosses, passwords and cookies too.',
  ],
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
  const isJson = words.flag('json')
  const tell = isJson ? console.error : console.log
  const opened = await openWire({ to, port: readAnyPort(words.option('port')), command, faults })
  const page = await openClassroom({ wire: opened, command, place: to })
  tell(`The wire stands at  ${opened.url}  in front of  ${to}`)
  tell(`Use the first in place of the second. The same as a page:  ${page.url}/wire`)
  tell('Ctrl-C ends it, and says what has crossed.\n')
  if (!isJson) tell(ladderHead)
  const clientOf = clientFinder(() => opened.connections())
  const line = isJson ? jsonLine : ladderLine
  opened.on('record', (record) => console.log(line(record, clientOf(record))))
  const isUnread = new AbortController() // as by `npm run wire … | head`
  process.stdout.on('error', () => isUnread.abort())
  await askedToStop(isUnread.signal)
  await page.close()
  await opened.close()
  if (isJson) console.log(JSON.stringify({ totals: opened.totals() }))
  else for (const row of ['', ...totalsTable(opened.totals())]) console.log(row)
  return 0
}

function readAnyPort(text: string | undefined): number {
  return text === undefined ? 0 : readPort(text, spec.command)
}
