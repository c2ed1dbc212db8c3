// Charts as SVG. Colours and letters come from the page's own style, so that they follow light and dark.
import { type Html, html, type Value } from '#shared/serve/html'

export interface Bar {
  label: string
  /** decides its colour: a class of the page's style */
  kind: string
  value: number
  /** drawn behind it, from `value` on: what comes on top */
  more?: number
  /** how far the rounds lie apart */
  min?: number
  max?: number
  /** as it is written beside the bar */
  text: string
}

const width = 720
const barHeight = 22
const rowHeight = 34
const labelWidth = 150
const textWidth = 150

/**
 * Bars from the left, one below the other; a thin line shows where the rounds lie.
 *
 * @param floor a value that stands as a line behind all bars
 */
export function barChart(title: string, bars: readonly Bar[], floor?: { value: number; text: string }): Html {
  const longest = Math.max(
    ...bars.map(({ value, more = 0, max = 0 }) => Math.max(value + more, max)),
    floor?.value ?? 0,
    Number.MIN_VALUE,
  )
  const scale = (value: number) => (value / longest) * (width - labelWidth - textWidth)
  const height = bars.length * rowHeight + (floor ? 22 : 4)
  const rows = bars.map((bar, i) => barRow(bar, i * rowHeight + 4, scale))
  const line =
    floor &&
    html`<path class="floor" d="M${x(scale(floor.value))} 0V${height - 18}"/>
      <text class="small" x="${x(scale(floor.value))}" y="${height - 4}">${floor.text}</text>`
  return svg(title, height, [rows, line])
}

/** @param y of its upper edge */
function barRow(bar: Bar, y: number, scale: (value: number) => number): Html {
  const { label, kind, value, more = 0, min = 0, max = 0, text } = bar
  const middle = y + barHeight / 2
  const end = labelWidth + scale(Math.max(value + more, max)) + 8
  const rest = html`<rect class="${kind} more" x="${x(scale(value))}" y="${y}" width="${scale(more).toFixed(1)}" height="${barHeight}"/>`
  return html`<text class="label" x="${labelWidth - 10}" y="${middle + 5}">${label}</text>
    <rect class="${kind}" x="${labelWidth}" y="${y}" width="${Math.max(1, scale(value)).toFixed(1)}" height="${barHeight}"/>
    ${more > 0 && rest}
    ${max > min && html`<path class="spread" d="M${x(scale(min))} ${middle}H${x(scale(max))}"/>`}
    <text x="${end.toFixed(1)}" y="${middle + 5}">${text}</text>`
}

const x = (beyond: number) => (labelWidth + beyond).toFixed(1)

export interface Line {
  label: string
  kind: string
  points: readonly { x: number; y: number }[]
}

export interface Axis {
  title: string
  /** where a mark stands, and what is written at it */
  ticks: readonly { at: number; text: string }[]
  isLogarithmic?: boolean
}

const plot = { left: 64, right: 553, top: 12, bottom: 250 }

/** Lines over two axes; each has its name and a sample at its right end, moved apart where they would meet. */
export function lineChart(title: string, lines: readonly Line[], horizontal: Axis, vertical: Axis): Html {
  const { left, right, top, bottom } = plot
  const across = scaleOf(horizontal, left, right)
  const up = scaleOf(vertical, bottom, top)
  const grid = [
    ...horizontal.ticks.map(
      ({ at, text }) =>
        html`<path class="grid" d="M${across(at)} ${top}V${bottom}"/>
          <text class="small middle" x="${across(at)}" y="${bottom + 18}">${text}</text>`,
    ),
    ...vertical.ticks.map(
      ({ at, text }) =>
        html`<path class="grid" d="M${left} ${up(at)}H${right}"/>
          <text class="small label" x="${left - 8}" y="${up(at) + 4}">${text}</text>`,
    ),
    html`<text class="small middle" x="${(left + right) / 2}" y="${bottom + 38}">${horizontal.title}</text>`,
    html`<text class="small" x="4" y="${top - 2}">${vertical.title}</text>`,
  ]
  const ends = apart(lines.map(({ points }) => up(points.at(-1)?.y ?? 0)))
  const drawn = lines.map(({ label, kind, points }, i) => {
    const path = points.map((point) => `${across(point.x)} ${up(point.y)}`).join('L')
    const end = ends[i] ?? 0
    return html`<path class="line ${kind}" d="M${path}"/><path class="line ${kind}" d="M${right + 6} ${end}h20"/>
      <text class="small end ${kind}" x="${right + 30}" y="${end + 4}">${label}</text>`
  })
  return svg(title, bottom + 46, [grid, drawn])
}

function scaleOf({ ticks, isLogarithmic }: Axis, from: number, to: number): (value: number) => number {
  const grow = isLogarithmic ? (value: number) => Math.log(value) : (value: number) => value
  const first = grow(ticks[0]?.at ?? 0)
  const last = grow(ticks.at(-1)?.at ?? 1)
  return (value) => {
    const part = Math.min(1, Math.max(0, (grow(value) - first) / (last - first)))
    return Number((from + part * (to - from)).toFixed(1))
  }
}

const lineHeight = 17

/** The heights at which names can stand without covering each other, as near as possible to where they belong. */
function apart(heights: readonly number[]): number[] {
  const order = heights
    .map((height, index) => ({ height, index }))
    .toSorted((one, other) => one.height - other.height)
  const placed: number[] = []
  let free = -Infinity
  for (const { height, index } of order) {
    const at = Math.max(height, free)
    placed[index] = at
    free = at + lineHeight
  }
  const beyond = Math.max(0, ...placed.map((at) => at - plot.bottom))
  return placed.map((at) => at - beyond)
}

function svg(title: string, height: number, content: Value): Html {
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">${content}</svg>`
}
