import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { LadderControls } from './ladder-controls.tsx'
import { ladder, type LadderRow } from './ladder.ts'
import { RecordDetail } from './record-detail.tsx'
import { clock, count } from './labels.ts'

const rowHeight = 26 // px, as in page.css
const overscan = 8 // rows above and below what is seen
const atEnd = rowHeight * 1.5 // px: near enough to the bottom to stay there

/** The ladder: a row a message, newest at the bottom. Only the rows that are seen are in the document. */
export function LadderView() {
  const version = ladder.version.value // rendered again with every change
  const list = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  const [view, setView] = useState({ top: 0, height: 400 })
  const [selected, setSelected] = useState<LadderRow>()
  const [opened, setOpened] = useState<LadderRow>()
  const { shown } = ladder

  useLayoutEffect(() => {
    const element = list.current
    if (element && follows.current) element.scrollTop = element.scrollHeight
  }, [version, view.height])

  useEffect(() => {
    const element = list.current
    if (!element) return undefined
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [shown.length === 0])

  const onScroll = ({
    currentTarget: { scrollTop, scrollHeight, clientHeight },
  }: {
    currentTarget: HTMLElement
  }) => {
    follows.current = scrollHeight - scrollTop - clientHeight < atEnd
    setView({ top: scrollTop, height: clientHeight })
  }

  const select = (at: number) => {
    const row = shown[Math.max(0, Math.min(at, shown.length - 1))]
    const element = list.current
    if (!row || !element) return
    follows.current = row === shown.at(-1)
    setSelected(row)
    const top = shown.indexOf(row) * rowHeight
    if (top < element.scrollTop) element.scrollTop = top
    if (top + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + rowHeight - element.clientHeight
    }
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const at = selected ? shown.indexOf(selected) : shown.length
    const page = Math.floor(view.height / rowHeight)
    const moves: Record<string, number> = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      PageUp: at - page,
      PageDown: at + page,
      Home: 0,
      End: shown.length - 1,
    }
    const to = moves[event.key]
    if (to !== undefined) select(to)
    else if (event.key === 'Enter' && selected) setOpened(selected)
    else if (event.key === 'Escape') setOpened(undefined)
    else return
    event.preventDefault()
  }

  const first = Math.max(0, Math.floor(view.top / rowHeight) - overscan)
  const last = Math.min(shown.length, Math.ceil((view.top + view.height) / rowHeight) + overscan)
  const seen = shown.slice(first, last)

  return (
    <div class={opened ? 'ladder with-detail' : 'ladder'} style={`--lanes: ${ladder.lanes}`}>
      <LadderControls />
      {shown.length === 0 ? (
        <p class="nothing">
          {ladder.total === 0
            ? 'Nothing has crossed yet. Open the program in a window, and watch.'
            : 'All rows are hidden by the filters above.'}
        </p>
      ) : (
        <div
          class="rows"
          ref={list}
          role="listbox"
          aria-label="What crosses the wire, newest last"
          aria-activedescendant={selected && seen.includes(selected) ? `row-${selected.id}` : undefined}
          tabindex={0}
          onScroll={onScroll}
          onKeyDown={onKeyDown}
        >
          <div role="presentation" style={`height: ${shown.length * rowHeight}px`}>
            {seen.map((row, index) => (
              <LadderRowView
                key={row.id}
                row={row}
                top={(first + index) * rowHeight}
                at={first + index + 1}
                of={shown.length}
                isSelected={row === selected}
                open={() => {
                  setSelected(row)
                  setOpened(row)
                }}
              />
            ))}
          </div>
        </div>
      )}
      {opened && <RecordDetail row={opened} close={() => setOpened(undefined)} />}
    </div>
  )
}

/** What a screen reader says in place of an arrow. */
const directions = { up: ', from the guest', down: ', to the guest', none: '' }

interface LadderRowProps {
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
function LadderRowView({ row, top, at, of, isSelected, open }: LadderRowProps) {
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
