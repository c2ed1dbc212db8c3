/** How large code is set, in px of a slide of 1280 × 720; deck.css has the same measures. */
const smallest = 22
const largest = 36
/** The largest where lines do not fit: a line that goes on in the next row is harder to read than one that does not. */
const largestBroken = 31
const lineHeight = 1.3
const character = 0.602 // of the size: the widest of the fonts of static/tokens.css
const lineWidth = 1280 - 2 * 72 - 2 - 68 // without the slide's margins, the figure's edges and the line's own
const captionHeight = 40
const edges = 2 + 16
const gapHeight = 17
const hanging = 4 // characters: a line that goes on begins so much further to the right

/** What code needs of a slide. */
export interface Room {
  /** px: with less, it does not fit */
  readonly least: number
  /** px: with more, it does not get larger */
  readonly most: number
  /** a size in CSS, for code in a container as high as there is room: `max(22px, min(36px, …))` */
  readonly size: string
}

/**
 * As large as the room of the slide allows, in height and in width. Where long lines would make all of them small, they go on
 * in the next row.
 *
 * @param texts the lines; undefined for `…` between two pieces
 */
export function roomFor(texts: readonly (string | undefined)[], hasCaption: boolean): Room {
  const lines = texts.filter((text) => text !== undefined)
  const gaps = texts.length - lines.length
  const around = edges + gaps * gapHeight + (hasCaption ? captionHeight : 0)
  const heightOf = (size: number, rows: number) => Math.ceil(around + size * rows * lineHeight)

  const ways = waysToBreak(lines)
  const largestWay = ways.reduce((best, way) => (way.size > best.size ? way : best))
  const smallestWay = ways.findLast(({ size }) => size >= smallest) ?? largestWay
  const sizes = ways.map(
    ({ size, rows }) => `min(${size}px, (100cqb - ${around}px) / ${(rows * lineHeight).toFixed(2)})`,
  )
  return {
    least: heightOf(smallest, smallestWay.rows),
    most: heightOf(largestWay.size, largestWay.rows),
    size: `max(${smallest}px, ${sizes.join(', ')})`,
  }
}

/** How many rows the lines take, and how large they may be then: the narrower a row, the larger. The last has fewest rows. */
function waysToBreak(lines: readonly string[]): { rows: number; size: number }[] {
  const longest = Math.max(1, ...lines.map(({ length }) => length))
  const narrowest = Math.floor(lineWidth / character / largestBroken)
  const widest = Math.floor(lineWidth / character / smallest)
  const widths = Array.from({ length: Math.max(0, widest - narrowest + 1) }, (_, index) => narrowest + index)
  const ways = [...widths.filter((width) => width < longest), ...(longest <= widest ? [longest] : [])].map(
    (width) => {
      const rows = lines.reduce((sum, line) => sum + rowsOf(line, width), 0)
      const most = rows > lines.length ? largestBroken : largest
      return { rows, size: Math.floor(Math.min(most, lineWidth / character / width) * 10) / 10 }
    },
  )
  return ways.filter(({ rows }, index) => rows !== ways[index - 1]?.rows)
}

/** How many rows a line takes when it is broken behind a space. */
function rowsOf(line: string, width: number): number {
  const text = line.trimStart()
  const indent = line.length - text.length
  const wordWidth = Math.max(1, width - indent - hanging)
  let rows = 1
  let used = indent
  for (const word of text.split(/(?<= )/)) {
    const { length } = word.trimEnd()
    if (used + length > width) {
      rows += Math.ceil(length / wordWidth)
      used = indent + hanging + (length % wordWidth) + word.length - length
    } else used += word.length
  }
  return rows
}
