import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import type { Row } from '#shared/classroom/protocol'
import { rowMaker } from '#shared/classroom/server/row-maker'
import { findStep, root } from '#shared/course/course'
import { runFresh } from '#shared/run/run-fresh'
import { html } from '#shared/serve/html'
import { openWire, type Wire } from '#shared/wire/open-wire'

// The README's film: what really crossed the wire while two people chatted, the wire was cut, and WebSocket was refused.

const seconds = 12
const restSeconds = 2 // on the last picture, before it begins again
const [width, height] = [960, 540]
const [headHeight, rowHeight] = [64, 34]
const rowsInSight = Math.floor((height - headHeight) / rowHeight)
const places: Record<string, number> = { Ann: 120, server: 480, Ben: 840 }

/** @returns an animated SVG, as text; it asks for nothing, and is light or dark as its reader is */
export async function makeFilm(): Promise<string> {
  const rows = (await record()).filter(isShown)
  const tokens = await readFile(join(root, 'static', 'tokens.css'), 'utf8')
  const at = timesOf(rows)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    '<title>Ann and Ben chat over WebSocket; the wire is cut, and they come back; WebSocket is refused, and they go on by polling</title>',
    `<style>${coloursOf(tokens)}${sheet}${rows.map((_row, index) => appears(`r${index}`, at[index]!)).join('')}${scrolls(at)}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<svg y="${headHeight}" height="${height - headHeight}" width="${width}"><g class="scroll">`,
    ...Object.entries(places).map(
      ([name, x]) =>
        `<line class="${name === 'server' ? 'server' : 'life'}" x1="${x}" x2="${x}" y1="0" y2="${rows.length * rowHeight + height}"/>`,
    ),
    ...rows.map(drawRow),
    '</g></svg>',
    ...Object.entries(places).map(
      ([name, x]) => `<text class="head" x="${x}" y="38">${name === 'server' ? 'your server' : name}</text>`,
    ),
    legend,
    '</svg>\n',
  ].join('\n')
}

/** Two people chat in step 6, the wire is cut, and WebSocket is refused. */
async function record(): Promise<Row[]> {
  const program = await runFresh(findStep('6').dir, { compiled: true })
  const wire = await openWire({ to: program.url })
  const [ann, ben] = [await comesIn(wire, 'Ann'), await comesIn(wire, 'Ben')]
  const first = wire.records().at(-1)!.id
  await says(ann, ben, 'hello, Ben!')
  await says(ben, ann, 'hi! I saw you type.')
  const afterCut = Promise.all([isBack(ann), isBack(ben)])
  await wire.cut(0.5)
  await afterCut
  await says(ann, ben, 'there you are')
  const again = Promise.all([isBack(ann), isBack(ben)])
  wire.setFaults({ refuseWebSocket: true })
  await again
  await says(ben, ann, 'and now by post?')
  for (const socket of [ann, ben]) socket.disconnect()
  const rows = wire.records(first).map(rowMakerOf(wire))
  await wire.close()
  await program.stop()
  return rows
}

/** The row maker has to see all records, from the first one on. */
function rowMakerOf(wire: Wire) {
  const toRow = rowMaker()
  wire.records().forEach(toRow)
  return toRow
}

async function comesIn(wire: Wire, name: string): Promise<Socket> {
  const socket = io(wire.url, {
    forceNew: true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 200,
    extraHeaders: { 'user-agent': name },
  })
  const enter = () => socket.emitWithAck('add user', name)
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  socket.on('connect', () => void enter())
  if (socket.io.engine.transport.name !== 'websocket') {
    await new Promise((resolve) => socket.io.engine.once('upgrade', resolve))
  }
  await enter()
  return socket
}

/** Types, and speaks; it is over when the other one has heard it. */
async function says(speaker: Socket, hearer: Socket, message: string): Promise<void> {
  const isHeard = new Promise((resolve) => hearer.once('new message', resolve))
  speaker.emit('typing')
  await new Promise((resolve) => hearer.once('typing', resolve))
  speaker.emit('stop typing')
  await Promise.all([speaker.emitWithAck('new message', message), isHeard])
}

function isBack(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('login', () => resolve()))
}

function isShown({ kind, heartbeat, guest }: Row): boolean {
  if (heartbeat || /^wire\.(opened|closed|refused)$/.test(kind)) return false
  return kind === 'wire.fault' || (guest !== undefined && guest in places)
}

/** When each row comes, s: as far apart as it was, but for long waits, and all in twelve seconds. */
function timesOf(rows: readonly Row[]): number[] {
  const gaps = rows.map((row, index) => 60 + Math.min(900, row.at - (rows[index - 1]?.at ?? row.at)))
  const all = gaps.reduce((sum, gap) => sum + gap, 0)
  let soFar = 0
  return gaps.map((gap) => ((soFar += gap) / all) * seconds)
}

function drawRow(row: Row, index: number): string {
  const { guest, direction, transport, meaning, kind, within } = row
  const y = index * rowHeight
  const words = html`${shortened(meaning.replace(/^(GET|POST) \/socket\.io\/ · (polling · )?/, '$1 · '))}`
  if (kind.startsWith('wire.')) {
    return `<g class="r${index}"><text class="fault" x="${width / 2}" y="${y + 20}">${words}</text></g>`
  }
  const [client, server] = [places[guest ?? '']!, places.server!]
  const [from, to] = direction === 'up' ? [client, server] : [server, client]
  const tip = to > from ? -9 : 9
  return [
    `<g class="r${index} ${transport}${within === undefined ? '' : ' inside'}">`,
    `<text x="${Math.min(from, to) + 12}" y="${y + 16}">${words}</text>`,
    `<line x1="${from}" x2="${to}" y1="${y + 25}" y2="${y + 25}"/>`,
    `<path d="M${to} ${y + 25}l${tip} -5v10z"/></g>`,
  ].join('')
}

/** What fits between a life line and the edge; that an answer is wanted, the answer shows. */
function shortened(words: string): string {
  const said = words.replace(/ · acknowledgement \d+ wanted$/, '')
  return said.length > 52 ? `${said.slice(0, 51)}…` : said
}

const percentOf = (time: number) => ((time / (seconds + restSeconds)) * 100).toFixed(2)

function appears(name: string, at: number): string {
  const from = percentOf(at)
  return `@keyframes ${name}{0%,${from}%{opacity:0}${percentOf(at + 0.15)}%,100%{opacity:1}}.${name}{animation-name:${name}}\n`
}

/** The newest row stays in sight. */
function scrolls(at: readonly number[]): string {
  const stops = at.map((time, index) => {
    const up = Math.max(0, index + 1 - rowsInSight) * rowHeight
    return `${percentOf(time)}%{transform:translateY(-${up}px)}`
  })
  const last = Math.max(0, at.length - rowsInSight) * rowHeight
  return `@keyframes scroll{0%{transform:none}${stops.join('')}100%{transform:translateY(-${last}px)}}.scroll{animation-name:scroll;transform:translateY(-${last}px)}\n`
}

/** The palette of all pages, light and dark. */
function coloursOf(tokens: string): string {
  const names = ['paper', 'sheet', 'ink', 'quiet', 'line', 'alert', 'http', 'polling', 'websocket']
  const [light = '', dark = ''] = tokens.split('@media (prefers-color-scheme: dark)')
  const valuesIn = (css: string) =>
    names.map((name) => `--${name}:${new RegExp(`--${name}: ([^;]+);`).exec(css)?.[1] ?? ''};`).join('')
  const both = valuesIn(dark).replaceAll(/--\w+:;/g, '') // what has no dark value keeps its own
  return `:root{${valuesIn(light)}}@media (prefers-color-scheme:dark){:root{${both}}}\n`
}

const sheet = `
g{animation-duration:${seconds + restSeconds}s;animation-iteration-count:infinite;--carrier:var(--http)}
@media (prefers-reduced-motion:reduce){g{animation:none!important}}
text{font:16px system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif;fill:var(--ink)}
.paper{fill:var(--sheet)}
.head{font-weight:700;text-anchor:middle}
.fault{fill:var(--alert);font-style:italic;text-anchor:middle}
.life{stroke:var(--line);stroke-width:2}
.server{stroke:var(--ink);stroke-width:4}
.websocket{--carrier:var(--websocket)}
.polling{--carrier:var(--polling)}
g line{stroke:var(--carrier);stroke-width:2}
g .life{stroke:var(--line)}
g .server{stroke:var(--ink);stroke-width:4}
.polling line{stroke-dasharray:7 5}
g path{fill:var(--carrier)}
.inside line,.inside path{opacity:.45}
`

const legend = [
  '<g class="websocket"><line x1="560" x2="600" y1="33" y2="33"/><text x="608" y="38">WebSocket</text></g>',
  '<g class="polling"><line x1="210" x2="250" y1="33" y2="33"/><text x="258" y="38">polling</text></g>',
].join('')
