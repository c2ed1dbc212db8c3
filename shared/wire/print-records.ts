import { decodeText, printable } from './format.ts'
import { type ConnectionSummary, figures, type Totals } from './meter.ts'
import { transports, type WireRecord } from './record.ts'

/** Who is at the other end of a connection. */
export interface Client {
  /** `127.0.0.1:53422`; empty when nobody is */
  readonly address: string
  /** as the program calls itself in its first request; empty until then, and for one that speaks no HTTP */
  readonly userAgent: string
}

const nobody: Client = { address: '', userAgent: '' }

/**
 * Tells whose a record is. It has to see them all, in their order.
 *
 * @param connections a wire's, as they are now
 */
export function clientFinder(connections: () => readonly ConnectionSummary[]) {
  const clients = new Map<number, Client>()

  return ({ connection, kind, head }: WireRecord): Client => {
    const address = () => connections().find(({ id }) => id === connection)?.from ?? ''
    let client =
      clients.get(connection) ?? (connection === 0 ? nobody : { address: address(), userAgent: '' })
    if (kind === 'http.request' && client.userAgent === '') {
      const [, userAgent = ''] = /^user-agent:[ \t]*(.*?)[ \t]*$/im.exec(head.toString('latin1')) ?? []
      client = { ...client, userAgent }
    }
    if (kind === 'wire.closed') clients.delete(connection)
    else clients.set(connection, client)
    return client
  }
}

// Each browser also names the ones that it wants to be taken for; the first of these that it names is the one that it is.
const browsers = { Edg: 'Edge', OPR: 'Opera', Firefox: 'Firefox', Chrome: 'Chrome', Version: 'Safari' }

/** `Chrome 131`, `curl/8.5.0`; of a client that has not said what it is, the address */
export function shortName({ address, userAgent }: Client): string {
  for (const [token, name] of Object.entries(browsers)) {
    const [, version] = new RegExp(`\\b(?:Headless)?${token}/(\\d+)`).exec(userAgent) ?? []
    if (version) return `${name} ${version}`
  }
  return printable(userAgent.split(' ')[0] ?? '').slice(0, nameWidth) || address
}

const nameWidth = 15
const arrows = { up: '───────────▶', down: '◀───────────', none: '            ' }

/** What stands above the lines of the ladder. */
export const ladderHead = `${'time'.padEnd(12)}  ${'lane'.padStart(4)}  ${'client'.padEnd(nameWidth)}  client server     bytes  what`

/**
 * One line of the ladder: `12:00:00.123     5  Chrome 131       ──────▶            29  new message “hi”`.
 * The lane is the number of the TCP connection.
 */
export function ladderLine(record: WireRecord, client: Client): string {
  const { at, connection, direction, bytes, meaning, kind, within } = record
  const time = new Date(at).toTimeString().slice(0, 8) + ((at / 1_000) % 1).toFixed(3).slice(1)
  const size = bytes > 0 ? bytes.toLocaleString('en-US') : ''
  const indent = within === undefined ? '' : '  ' // a packet stands under the HTTP message that carried it
  const from = kind === 'wire.opened' ? ` · from ${client.address}` : ''
  const lane = String(connection || '').padStart(4)
  const name = shortName(client).padEnd(nameWidth)
  return `${time}  ${lane}  ${name}  ${arrows[direction]}  ${size.padStart(9)}  ${indent}${meaning}${from}`
}

/** A record as an object of JSON, in one line. Heads and bodies are text; a body that is none is base64. */
export function jsonLine({ head, body, ...record }: WireRecord, client: Client): string {
  const text = decodeText(body, record.shortened)
  const content = text === undefined ? { bodyBase64: body.toString('base64') } : { body: text }
  return JSON.stringify({ ...record, client, head: head.toString('latin1'), ...content })
}

/** What has crossed, a line for each transport that carried something, and one for all. */
export function totalsTable(totals: Totals): string[] {
  const titles = ['connections', 'requests', 'upgrades', 'bytes up', 'bytes down', 'text up', 'text down']
  // 80 characters: the first title begins above the names.
  const line = (name: string, [first = '', ...cells]: readonly string[]) =>
    name +
    [
      first.padStart(18 - name.length),
      ...cells.map((cell, i) => cell.padStart(titles[i + 1]?.length ?? 0)),
    ].join('  ')
  const used = transports.filter((transport) => totals[transport].connections > 0)
  return [
    line('', titles),
    ...[...used, 'all' as const].map((part) =>
      line(
        part,
        figures.map((column) => totals[part][column].toLocaleString('en-US')),
      ),
    ),
  ]
}
