import { type Html, html } from '#shared/serve/html'
import { arrow, type Carrier, parseCarrier } from './arrow.ts'
import { BrokenSlide } from './broken-slide.ts'

const momentKinds = ['up', 'down', 'news', 'key'] as const

type TimelineEvent = { readonly at: number; readonly carrier: Carrier } & (
  | { readonly is: (typeof momentKinds)[number]; readonly text: string }
  | { readonly is: 'wait' | 'open'; readonly to: number }
)

/** What happens between a page and its server, in seconds, and how many seconds are shown. */
export interface Timeline {
  readonly until: number
  readonly events: readonly TimelineEvent[]
}

/**
 * A time line from lines like `0.5 up ask`, `0.5-2 wait`, `2 news Ann: hello` and a last one, `until 5`. Over WebSocket,
 * unless a line such as `over polling` stands above.
 *
 * @throws BrokenSlide for a line of another form
 */
export function parseTimeline(source: string): Timeline {
  let until = 0
  let carrier: Carrier = 'websocket'
  const events: TimelineEvent[] = []
  for (const line of source.split('\n').filter((one) => one.trim())) {
    const moment = /^([\d.]+) (up|down|news|key)(?: (.*))?$/.exec(line)
    const span = /^([\d.]+)-([\d.]+) (wait|open)$/.exec(line)
    const end = /^until ([\d.]+)$/.exec(line)
    const other = parseCarrier(line)
    if (moment) {
      const is = momentKinds.find((kind) => kind === moment[2]) ?? 'news'
      events.push({ is, at: Number(moment[1]), carrier, text: moment[3] ?? '' })
    } else if (span) {
      const is = span[3] === 'wait' ? 'wait' : 'open'
      events.push({ is, at: Number(span[1]), carrier, to: Number(span[2]) })
    } else if (end) until = Number(end[1])
    else if (other) carrier = other
    else throw new BrokenSlide(`“${line}” is no line of a time line`)
  }
  if (until === 0) throw new BrokenSlide('a time line ends with  until  and a number of seconds')
  return { until, events }
}

const width = 1136
const left = 178
const right = 20
const serverY = 78
const pageY = 238
const height = 326
const travel = 0.12 // seconds that a message is drawn to take

/**
 * The same as a picture: the server's line above, the page's below, time from left to right.
 *
 * @param description what it shows, for those who do not see it
 */
export function timelinePicture(source: string, description: string): Html {
  const { until, events } = parseTimeline(source)
  const x = (seconds: number) => left + Math.round((seconds / until) * (width - left - right))
  const isOpen = ({ is }: TimelineEvent) => is === 'open' // what lasts lies behind what happens
  const inOrder = [...events.filter(isOpen), ...events.filter((event) => !isOpen(event))]
  const marks = Array.from({ length: Math.floor(until) + 1 }, (_, second) => x(second))
  return html`<svg class="timeline" viewBox="0 0 ${width} ${height}" role="img" aria-label="${description}">
    ${inOrder.map((event) => html`<g class="${event.carrier}">${draw(event, x)}</g>`)}
    <path class="rail" d="M${left} ${serverY}H${width - right}M${left} ${pageY}H${width - right}" />
    ${marks.map((at) => html`<path class="mark" d="M${at} ${pageY - 7}V${pageY + 7}" />`)}
    <text class="rail" x="0" y="${serverY + 8}">server</text>
    <text class="rail" x="0" y="${pageY + 8}">Ben’s page</text>
  </svg>`
}

function draw(event: TimelineEvent, x: (seconds: number) => number): Html {
  const at = x(event.at)
  const after = x(event.at + travel)
  switch (event.is) {
    case 'wait':
      return html`<rect class="wait" x="${after}" y="${serverY - 9}" width="${x(event.to) - after}" height="18" rx="9" />`
    case 'open':
      return html`<rect class="open" x="${at}" y="${serverY}" width="${x(event.to) - at}" height="${pageY - serverY}" />`
    case 'news':
      return html`<circle class="news" cx="${at}" cy="${serverY}" r="10" />
        <text x="${at}" y="${serverY - 28}">${event.text}</text>`
    case 'key':
      return html`<rect class="key" x="${at - 11}" y="${pageY - 11}" width="22" height="22" rx="5" />`
    case 'up':
      return html`${arrow('up', at, pageY, after, serverY)}
        <text class="said" x="${at}" y="${pageY + 42}">${event.text}</text>`
    case 'down':
      return html`${arrow('down', at, serverY, after, pageY)}
        <text class="said" x="${after}" y="${pageY + 76}">${event.text}</text>`
  }
}
