import { formatFigure } from './numbers.ts'
import type { Figures, Row } from './result.ts'

/** A column of a table, in a terminal and on a page. */
export interface Column<Item> {
  title: string
  /** what it says of an item */
  cell: (item: Item) => string
  /** in a terminal, characters; default 10 */
  width?: number
}

/** A column of one of a row's figures, its median; `–` where the server was not ours. */
export function figureColumn(title: string, name: keyof Figures, width?: number): Column<Row> {
  return { title, width, cell: ({ figures }) => formatFigureOf(figures, name) }
}

function formatFigureOf(figures: Figures, name: keyof Figures): string {
  const spread = figures[name]
  return spread ? formatFigure(spread.median) : '–'
}

/**
 * A table for a terminal, a line a row: the first column from the left, the others from the right.
 *
 * @param below rows that are no items
 */
export function textTable<Item>(
  columns: readonly Column<Item>[],
  items: readonly Item[],
  below: readonly string[][] = [],
): string[] {
  const rows = [
    columns.map(({ title }) => title),
    ...items.map((item) => columns.map(({ cell }) => cell(item))),
    ...below,
  ]
  const widths = columns.map(({ width = 10 }) => width)
  return rows.map(([first = '', ...others]) => {
    const cells = others.map((text, i) => text.padStart(widths[i + 1] ?? 0))
    return first.padEnd(widths[0] ?? 0) + cells.join('')
  })
}
