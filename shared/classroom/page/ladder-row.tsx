import { clock, count } from './labels.ts'
import type { LadderRow } from './ladder.ts'

/** What a screen reader says in place of an arrow. */
const directions = { up: ', from the guest', down: ', to the guest', none: '' }

export interface LadderRowProps {
  row: LadderRow
  /** px from the top of the list */
  top: number
  /** its place among those that are shown, from 1, and how many these are */
  at: number
  of: number
  isSelected: boolean
  open: () => void
}

/** A row of the ladder: time, arrow, bytes, meaning. */
export function LadderRowView({ row, top, at, of, isSelected, open }: LadderRowProps) {
  const { id, direction, transport, bytes, meaning, connection, lane, within, kind } = row
  const isRemark = kind.startsWith('wire.') || row.missed !== undefined
  const classes = ['row', transport, direction, isRemark && 'remark', within !== undefined && 'inside']
  return (
    <div
      id={`row-${id}`}
      class={classes.filter(Boolean).join(' ')}
      style={`top: ${top}px; --lane: ${Math.max(0, lane)}`}
      role="option"
      aria-selected={isSelected}
      aria-setsize={of}
      aria-posinset={at}
      onClick={open}
    >
      <time>{clock(row.at)}</time>
      <span class="lanes" aria-hidden="true">
        {lane >= 0 && <i>{direction === 'none' || isRemark ? '' : connection}</i>}
      </span>
      <span class="bytes">{bytes > 0 ? count(bytes) : ''}</span>
      <span class="meaning">{meaning}</span>
      <span class="sr">{directions[direction]}</span>
    </div>
  )
}
