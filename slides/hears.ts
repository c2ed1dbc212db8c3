import { type Html, html } from '#shared/serve/html'
import { arrow, type Carrier, parseCarrier } from './arrow.ts'
import { BrokenSlide } from './broken-slide.ts'

/** One call, and whom it reaches. */
export interface Call {
  /** what is called, `socket.broadcast.emit` */
  readonly name: string
  readonly speaker: string
  readonly hearers: readonly string[]
  /** who is there and hears nothing, in no other picture either */
  readonly others: readonly string[]
  readonly carrier: Carrier
}

/**
 * Who hears what, from lines like `socket.broadcast.emit | ann → ben, cleo / dan`. Over WebSocket, unless a line such as
 * `over http` stands above.
 *
 * @throws BrokenSlide for a line of another form
 */
export function parseCalls(source: string): Call[] {
  let carrier: Carrier = 'websocket'
  const calls: Call[] = []
  for (const line of source.split('\n').filter((one) => one.trim())) {
    const other = parseCarrier(line)
    if (other) carrier = other
    else calls.push({ ...parseCall(line), carrier })
  }
  return calls
}

function parseCall(line: string): Omit<Call, 'carrier'> {
  const found = /^(.+?) \| ([^→]+) → ([^/]*)(?:\/(.*))?$/.exec(line)
  if (!found)
    throw new BrokenSlide(
      `“${line}” is not written as  what is called | who speaks → who hears it / who else`,
    )
  const [, name = '', speaker = '', hearers = '', others = ''] = found
  return { name, speaker: speaker.trim(), hearers: list(hearers), others: list(others) }
}

function list(names: string): string[] {
  return names
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
}

const width = 1136
const height = 352
const serverY = 76
const personY = 262

/** The same as a picture: the server above, everybody below, an arrow up from who speaks, and one down to each who hears it. */
export function hearsPicture(source: string): Html {
  const calls = parseCalls(source)
  const named = calls.flatMap(({ speaker, hearers, others }) => [speaker, ...hearers, ...others])
  const everybody = [...new Set(named)].toSorted() // everybody has the same place in each picture
  const panelWidth = width / calls.length
  const panels = calls.map((call, index) => panel(call, everybody, index * panelWidth, panelWidth))
  const description = calls.map((call) => describe(call, everybody)).join(' ')
  return html`<svg class="hears" viewBox="0 0 ${width} ${height}" role="img" aria-label="${description}">
    ${panels}
  </svg>`
}

function panel(call: Call, everybody: readonly string[], left: number, panelWidth: number): Html {
  const middle = left + panelWidth / 2
  const gap = Math.min(190, (panelWidth - 24) / everybody.length)
  const fromLeft = middle - (gap * (everybody.length - 1)) / 2
  return html`<g class="${call.carrier}">
    <text class="call" x="${middle}" y="26">${call.name}</text>
    <rect class="server" x="${middle - 72}" y="${serverY - 30}" width="144" height="56" rx="10" />
    <text class="label" x="${middle}" y="${serverY + 6}">server</text>
    ${everybody.map((name, index) => person(name, call, fromLeft + index * gap, middle))}
  </g>`
}

function person(name: string, { speaker, hearers }: Call, x: number, middle: number): Html {
  const speaks = name === speaker
  const hears = hearers.includes(name)
  const apart = speaks && hears ? 12 : 0 // two arrows beside each other
  const atServer = middle + Math.max(-46, Math.min(46, (x - middle) / 5)) // they part there as the people stand
  const kind = [speaks && 'speaks', hears && 'hears'].filter(Boolean)
  return html`
    ${speaks && arrow('up', x - apart, personY - 34, atServer - 20, serverY + 34)}
    ${hears && arrow('down', atServer + apart / 3, serverY + 32, x + apart, personY - 36)}
    <circle class="${kind[0] ?? 'silent'}" cx="${x}" cy="${personY}" r="30" />
    <text class="face" x="${x}" y="${personY + 9}">${name.slice(0, 1).toUpperCase()}</text>
    <text class="name" x="${x}" y="${personY + 56}">${name}</text>
    <text class="said ${kind[0] ?? 'silent'}" x="${x}" y="${personY + 78}">${kind.join(', ') || 'nothing'}</text>
  `
}

function describe({ name, speaker, hearers }: Call, everybody: readonly string[]): string {
  const deaf = everybody.filter((one) => one !== speaker && !hearers.includes(one))
  const heard = hearers.length > 0 ? `${whoHears(hearers)} it` : 'nobody hears it'
  return `${name}: ${speaker} speaks, ${heard}${deaf.length > 0 ? `; ${whoHears(deaf)} nothing` : ''}.`
}

function whoHears(names: readonly string[]): string {
  return `${names.join(' and ')} ${names.length === 1 ? 'hears' : 'hear'}`
}
