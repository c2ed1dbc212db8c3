import { Advice } from '#shared/terminal/advice'
import { openClassroom } from '#shared/classroom/server/open-classroom'
import { askedToStop } from '#shared/run/run-at-terminal'
import { openWire } from '#shared/wire/open-wire'
import { clientFinder, jsonLine, ladderHead, ladderLine, totalsTable } from '#shared/wire/print-records'
import { faultOptions, readFaults } from '#shared/wire/fault-options'
import { parseCommand, readPort, type CommandSpec } from '#shared/terminal/arguments'

export const spec = {
  command: 'npm run wire',
  does: 'Goes between clients and any program that speaks HTTP, WebSocket or Socket.IO, and shows each message that crosses, until Ctrl-C.',
  options: {
    to: ['http://localhost:5000', 'where your program is; it needs no change'],
    port: ['3001', 'where clients come in; any free port when left out; PORT=3001 does the same'],
    json: [true, 'a JSON object a line, with head and body; at the end the totals'],
    ...faultOptions,
  },
  example: 'npm run wire -- --to http://localhost:5000 --delay 200',
  about: [
    "Open the address that it prints, instead of your program's. Each message is a line, with the number of its TCP connection and its client: the address first, then the name that it gives itself (User-Agent).",
    "With --json everything else goes to stderr. With --silent npm's own lines stay away, too:\n  npm run --silent wire -- --to http://localhost:5000 --json > wire.jsonl",
    'It shows all that crosses, passwords and cookies too.',
  ],
} as const satisfies CommandSpec

/** `npm run wire`: stands in front of any address, and shows what crosses as a ladder, here and on a page. */
export default async function wire(typed: string[]): Promise<number> {
  const words = parseCommand(typed, spec)
  const to = words.option('to')
  if (to === undefined) {
    throw new Advice('The wire needs the address of a program, behind --to.', `For example:  ${spec.example}`)
  }
  const command = `npm run wire -- --to ${to}`
  const faults = readFaults(words, command)
  const isJson = words.flag('json')
  const tell = isJson ? console.error : console.log
  const opened = await openWire({
    to,
    port: readPort(words.option('port'), spec.command, { otherwise: 0 }),
    command,
    faults,
  })
  const page = await openClassroom({ wire: opened, command, place: to })
  tell(`The wire listens at  ${opened.url}  and passes everything on to  ${to}`)
  tell(`Open the first address instead of the second. What crosses, on a page:  ${page.url}/wire`)
  tell('Ctrl-C stops it, and prints the totals.\n')
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
