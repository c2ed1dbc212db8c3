import { escaped } from '#shared/serve/html'
import { arrow } from './arrow.ts'
import { BrokenSlide } from './broken-slide.ts'

type Happening =
  | { readonly is: 'up' | 'down' | 'news' | 'key'; readonly at: number; readonly text: string }
  | { readonly is: 'wait' | 'open'; readonly at: number; readonly to: number }

const kinds = ['up', 'down', 'news', 'key'] as const

/** What happens between a page and its server, and for how many seconds one looks. */
export interface TimeLine {
  readonly until: number
  readonly happenings: readonly Happening[]
}

/**
 * A time line from lines like `0.5 up ask`, `0.5-2 wait`, `2 news Ann: hello` and a last one, `until 5`.
 *
 * @throws BrokenSlide for a line of another form
 */
export function timeLineOf(source: string): TimeLine {
  let until = 0
  const happenings: Happening[] = []
  for (const line of source.split('\n').filter((one) => one.trim())) {
    const moment = /^([\d.]+) (up|down|news|key)(?: (.*))?$/.exec(line)
    const span = /^([\d.]+)-([\d.]+) (wait|open)$/.exec(line)
    const end = /^until ([\d.]+)$/.exec(line)
    if (moment) {
      const is = kinds.find((kind) => kind === moment[2]) ?? 'news'
      happenings.push({ is, at: Number(moment[1]), text: moment[3] ?? '' })
    } else if (span) {
      happenings.push({ is: span[3] === 'wait' ? 'wait' : 'open', at: Number(span[1]), to: Number(span[2]) })
    } else if (end) until = Number(end[1])
    else throw new BrokenSlide(`“${line}” is no line of a time line`)
  }
  if (until === 0) throw new BrokenSlide('a time line ends with  until  and a number of seconds')
  return { until, happenings }
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
 * @param words what it shows, for those who do not see it
 */
export function timeLinePicture(source: string, words: string): string {
  const { until, happenings } = timeLineOf(source)
  const x = (seconds: number) => left + (seconds / until) * (width - left - right)
  const drawn = happenings.map((one) => {
    switch (one.is) {
      case 'wait':
        return `<rect class="wait" x="${x(one.at + travel).toFixed(1)}" y="${serverY - 9}" width="${(x(one.to) - x(one.at + travel)).toFixed(1)}" height="18" rx="9"/>`
      case 'open':
        return `<rect class="open" x="${x(one.at).toFixed(1)}" y="${serverY}" width="${(x(one.to) - x(one.at)).toFixed(1)}" height="${pageY - serverY}"/>`
      case 'news':
        return (
          `<circle class="news" cx="${x(one.at).toFixed(1)}" cy="${serverY}" r="10"/>` +
          `<text class="news" x="${x(one.at).toFixed(1)}" y="${serverY - 28}">${escaped(one.text)}</text>`
        )
      case 'key':
        return `<rect class="key" x="${(x(one.at) - 11).toFixed(1)}" y="${pageY - 11}" width="22" height="22" rx="5"/>`
      case 'up':
        return message('up', x(one.at), pageY, x(one.at + travel), serverY, one.text, pageY + 42)
      case 'down':
        return message('down', x(one.at), serverY, x(one.at + travel), pageY, one.text, pageY + 76)
    }
  })
  const seconds = Array.from({ length: Math.floor(until) + 1 }, (_, second) => second)
  const marks = seconds.map((second) => `<path class="mark" d="M${x(second)} ${pageY - 7}V${pageY + 7}"/>`)
  return (
    `<svg class="timeline" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(words)}">` +
    happeningsInOrder(happenings, drawn) +
    `<path class="rail" d="M${left} ${serverY}H${width - right}M${left} ${pageY}H${width - right}"/>${marks.join('')}` +
    `<text class="rail" x="0" y="${serverY + 8}">server</text><text class="rail" x="0" y="${pageY + 8}">Ben’s page</text>` +
    `</svg>`
  )
}

/** What lasts lies behind what happens. */
function happeningsInOrder(happenings: readonly Happening[], drawn: readonly string[]): string {
  const lasts = (index: number) => happenings[index]?.is === 'open'
  return [...drawn.filter((_, index) => lasts(index)), ...drawn.filter((_, index) => !lasts(index))].join('')
}

function message(
  kind: 'up' | 'down',
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  text: string,
  textY: number,
) {
  const at = kind === 'up' ? x1 : x2
  return (
    arrow(kind, x1, y1, x2, y2) +
    `<text class="${kind}" x="${at.toFixed(1)}" y="${textY}">${escaped(text)}</text>`
  )
}
