import { useEffect, useState } from 'preact/hooks'

interface PaneBarProps {
  /** the custom property that holds the size, `--pane-lesson`; remembered under this name */
  name: string
  /** what it separates, for a screen reader */
  label: string
  /** which way it runs */
  is: 'vertical' | 'horizontal'
  /** the size belongs to the pane after the bar */
  sizesNext?: boolean
  /** percent of both panes, as the style sheet has it */
  initial: number
}

const [min, max, stroke] = [15, 85, 2] // percent

/** A bar between two panes that can be dragged, or moved with the arrow keys; a double click puts it back. */
export function PaneBar({ name, label, is, sizesNext = false, initial }: PaneBarProps) {
  const [size, setSize] = useState(() => Number(localStorage.getItem(name)) || initial)
  useEffect(() => {
    const { style } = document.documentElement
    if (size === initial) {
      style.removeProperty(name)
      localStorage.removeItem(name)
    } else {
      style.setProperty(name, `${size}%`)
      localStorage.setItem(name, String(size))
    }
  }, [size])
  const set = (to: number) => setSize(Math.round(Math.min(max, Math.max(min, to)) * 10) / 10)

  const drag = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const { currentTarget: bar, clientX, clientY } = event
    const around = bar.parentElement?.getBoundingClientRect()
    if (!around || !bar.hasPointerCapture(event.pointerId)) return
    const part =
      is === 'vertical' ? (clientX - around.left) / around.width : (clientY - around.top) / around.height
    set(100 * (sizesNext ? 1 - part : part))
  }
  const press = (event: KeyboardEvent) => {
    const [less, more] = is === 'vertical' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
    const sign = sizesNext ? -1 : 1
    if (event.key === less) set(size - sign * stroke)
    else if (event.key === more) set(size + sign * stroke)
    else if (event.key === 'Home') set(sizesNext ? max : min)
    else if (event.key === 'End') set(sizesNext ? min : max)
    else return
    event.preventDefault()
  }
  return (
    <div
      class={`pane-bar ${is}`}
      role="separator"
      tabindex={0}
      aria-label={label}
      aria-orientation={is}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={Math.round(size)}
      title="Drag it, or use the arrow keys; a double click puts it back"
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
      onDblClick={() => setSize(initial)}
    />
  )
}
