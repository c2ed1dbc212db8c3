import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { count } from './labels.ts'
import { LadderControls } from './ladder-controls.tsx'
import { LadderHead } from './ladder-head.tsx'
import { ladder, type LadderRow } from './ladder.ts'
import { LadderRowView } from './ladder-row.tsx'
import { RecordDetail } from './record-detail.tsx'

const overscan = 8 // rows above and below what is seen
const rowsAtEnd = 1.5 // near enough to the bottom to stay there
const rowSize = 2 // rem

/** The sequence diagram: a row a message, newest at the bottom. Only the rows that are seen are in the document. */
export function LadderView() {
  const version = ladder.version.value // rendered again with every change
  const list = useRef<HTMLDivElement>(null)
  const [follows, setFollows] = useState(true)
  const [view, setView] = useState({ top: 0, height: 400 })
  const [rowHeight, setRowHeight] = useState(30) // px
  const [selected, setSelected] = useState<LadderRow>()
  const [opened, setOpened] = useState<LadderRow>()
  const { shown, lanes } = ladder

  useLayoutEffect(() => {
    const element = list.current
    if (element && follows) element.scrollTop = element.scrollHeight
  }, [version, view.height, rowHeight, follows])

  useEffect(() => {
    const element = list.current
    if (!element) return undefined
    const look = () => {
      setView({ top: element.scrollTop, height: element.clientHeight })
      setRowHeight(Math.round(rowSize * parseFloat(getComputedStyle(document.documentElement).fontSize)))
    }
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const onScroll = ({
    currentTarget: { scrollTop, scrollHeight, clientHeight },
  }: {
    currentTarget: HTMLElement
  }) => {
    setFollows(scrollHeight - scrollTop - clientHeight < rowHeight * rowsAtEnd)
    setView({ top: scrollTop, height: clientHeight })
  }

  const select = (wanted: number) => {
    const at = Math.max(0, Math.min(wanted, shown.length - 1))
    const isDown = selected !== undefined && at > shown.indexOf(selected)
    const row = shown[at]?.silence ? shown[isDown ? at + 1 : at - 1] : shown[at] // a band is no message
    const element = list.current
    if (!row || !element) return
    setFollows(row === shown.at(-1))
    setSelected(row)
    const top = shown.indexOf(row) * rowHeight
    if (top < element.scrollTop) element.scrollTop = top
    if (top + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + rowHeight - element.clientHeight
    }
  }

  const open = (row: LadderRow) => {
    setSelected(row)
    if (!row.silence && row.missed === undefined) setOpened(row)
  }
  const close = () => {
    setOpened(undefined)
    list.current?.focus()
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
    else if (event.key === 'Enter' && selected) open(selected)
    else return
    event.preventDefault()
  }

  const first = Math.max(0, Math.floor(view.top / rowHeight) - overscan)
  const last = Math.min(shown.length, Math.ceil((view.top + view.height) / rowHeight) + overscan)
  const seen = shown.slice(first, last)

  return (
    <div class={opened ? 'ladder with-detail' : 'ladder'} style={`--row: ${rowHeight}px`}>
      <LadderControls />
      <div class="diagram">
        <LadderHead lanes={lanes} />
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
                sinceMs={sinceOf(shown, first + index)}
                lanes={lanes}
                top={(first + index) * rowHeight}
                at={first + index + 1}
                of={shown.length}
                isSelected={row === selected}
                open={() => open(row)}
              />
            ))}
          </div>
          {shown.length === 0 && (
            <p class="nothing">
              {ladder.total === 0
                ? 'Nothing has crossed yet. Do something in one of the windows, and watch.'
                : `${count(ladder.total)} rows are hidden by what is chosen above.`}
            </p>
          )}
        </div>
        {!follows && (
          <button class="newest" onClick={() => setFollows(true)}>
            ▼ newest
          </button>
        )}
      </div>
      {opened && <RecordDetail row={opened} close={close} />}
    </div>
  )
}

/** How long after the row before, ms; undefined for the first, and where a band says it. */
function sinceOf(shown: readonly LadderRow[], at: number): number | undefined {
  const [row, before] = [shown[at], shown[at - 1]]
  if (!row || !before || row.silence || before.silence) return undefined
  return row.at - before.at
}
