import { signal } from '@preact/signals'
import type { Row } from '../protocol.ts'

// What belongs together is marked in both: a line of the chat and its rows in the diagram.

/** the text of the chat's line that the mouse is over; empty when it is over none */
const lineUnderMouse = signal('')

/** What somebody says in a row, without the quotes; undefined when nobody does. */
function saidIn({ meaning }: Row): string | undefined {
  return /“([^]+?)”/.exec(meaning)?.[1]
}

/** Whether a row is of the line that the mouse is over. */
export function isPointedAt(row: Row): boolean {
  if (lineUnderMouse.value === '') return false
  const said = saidIn(row)
  return said !== undefined && lineUnderMouse.value.endsWith(said)
}

/** Marks the lines in the windows that a row is of; undefined unmarks all. */
export function pointAt(row: Row | undefined): void {
  const mark = (row && saidIn(row)) ?? ''
  for (const frame of document.querySelectorAll('iframe')) frame.contentWindow?.postMessage({ mark }, '*')
}

/** Listens to the windows: a page there says over which line the mouse is. */
export function listenToWindows(): void {
  addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== 'object' || data === null || !('over' in data)) return
    lineUnderMouse.value = typeof data.over === 'string' ? data.over.trim().slice(-5_000) : ''
  })
}
