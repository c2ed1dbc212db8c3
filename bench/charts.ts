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
  const longest = longestOf(bars, floor)
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

/**
 * The same bars as text and boxes: on a phone a bar stands below its name, and the letters keep their size.
 *
 * @param floor a value that stands as a line behind all bars
 */
export function barList(title: string, bars: readonly Bar[], floor?: { value: number; text: string }): Html {
  const longest = longestOf(bars, floor)
  const at = (value: number) => `${((100 * value) / longest).toFixed(2)}%`
  const rows = bars.map(({ label, kind, value, more = 0, min = 0, max = 0, text }) => {
    const onTop =
      more > 0 && html`<i class="more" style="inset-inline-start: ${at(value)}; width: ${at(more)}"></i>`
    const spread =
      max > min &&
      html`<i class="spread" style="inset-inline-start: ${at(min)}; width: ${at(max - min)}"></i>`
    const line = floor && html`<i class="floor" style="inset-inline-start: ${at(floor.value)}"></i>`
    return html`<li class="${kind}"><span>${label}</span><b>${text}</b>
      <div class="track"><i class="bar" style="width: ${at(value)}"></i>${onTop}${spread}${line}</div></li>\n`
  })
  return html`<ul class="bars" aria-label="${title}">${rows}</ul>
    ${floor && html`<p class="quiet">┆ ${floor.text}</p>`}`
}

function longestOf(bars: readonly Bar[], floor?: { value: number }): number {
  const ends = bars.map(({ value, more = 0, max = 0 }) => Math.max(value + more, max))
  return Math.max(...ends, floor?.value ?? 0, Number.MIN_VALUE)
}

const x = (beyond: number) => (labelWidth + beyond).toFixed(1)

export interface Line {
  label: string
  kind: string
  points: readonly Point[]
  /** a point of it that is marked; its name then stands beside the line and not at its end */
  marked?: Point | undefined
}

interface Point {
  x: number
  y: number
}

export interface Axis {
  title: string
  /** where a mark stands, and what is written at it */
  ticks: readonly { at: number; text: string }[]
  isLogarithmic?: boolean
}

const plot = { left: 64, right: 553, top: 12, bottom: 250 }
const nameWidth = 170

/**
 * Lines over two axes. A name stands at its line's right end, moved apart where names would meet; where each line has a
 * marked point, beside its line, each at a height of its own.
 */
export function lineChart(title: string, lines: readonly Line[], horizontal: Axis, vertical: Axis): Html {
  const isBeside = lines.every(({ marked }) => marked)
  const { left, top, bottom } = plot
  const right = isBeside ? width - 24 : plot.right
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
  const drawn = lines.map(({ kind, points, marked }) => {
    const path = points.map((point) => `${across(point.x)} ${up(point.y)}`).join('L')
    return html`<path class="line ${kind}" d="M${path}"/>
      ${marked && html`<circle class="${kind}" cx="${across(marked.x)}" cy="${up(marked.y)}" r="5"/>`}`
  })
  const names = isBeside
    ? namesBeside(lines, across, up, right)
    : apart(lines.map(({ points }) => up(points.at(-1)?.y ?? 0))).map((y) => ({ x: right + 6, y }))
  const named = lines.map(({ label, kind }, i) => {
    const { x: from, y } = names[i] ?? { x: 0, y: 0 }
    return html`<path class="line ${kind}" d="M${from} ${y}h20"/>
      <text class="small end ${kind}" x="${from + 24}" y="${y + 4}">${label}</text>`
  })
  return svg(title, bottom + 46, [grid, drawn, named])
}

/** The line that is marked furthest to the left has its name at the top: there all others are far to its right. */
function namesBeside(
  lines: readonly Line[],
  across: (x: number) => number,
  up: (y: number) => number,
  right: number,
): Point[] {
  const order = lines.toSorted((one, other) => (one.marked?.x ?? 0) - (other.marked?.x ?? 0))
  return lines.map((line) => {
    const part = (order.indexOf(line) + 0.5) / lines.length
    const y = plot.top + part * (plot.bottom - plot.top)
    const next = line.points.find((point) => up(point.y) <= y) ?? line.points.at(-1)
    return { x: Math.min(across(next?.x ?? 0) + 10, right - nameWidth), y: Number(y.toFixed(1)) }
  })
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
