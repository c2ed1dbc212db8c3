import { signal } from '@preact/signals'
import { type Counts, figures, type Totals } from '../../wire/meter.ts'
import { ladder } from './ladder.ts'

/** What is counted of a transport between two moments. */
export type Measured = Record<'http' | 'polling' | 'websocket', Counts>

const parts = ['http', 'polling', 'websocket'] as const

/** All that the wire has counted since it was opened. */
export const totals = signal<Totals | undefined>(undefined)
/** Where the counting began. */
const beginning = signal<Totals | undefined>(undefined)
/** What was counted before that, to compare. */
export const lastMeasured = signal<Measured | undefined>(undefined)

/** What has crossed since the counting began; undefined before the wire has said anything. */
export function measured(): Measured | undefined {
  return totals.value && difference(totals.value, beginning.value)
}

/** Sets rows and totals to zero. What has been counted until now stays as the last measurement. */
export function measureFromHere(): void {
  const now = measured()
  if (now && bytesOf(now.polling) + bytesOf(now.websocket) > 0) lastMeasured.value = now
  beginning.value = totals.value
  ladder.forget()
}

/** Begins anew with nothing to compare: another wire counts from zero, or another program runs. */
export function beginAnew({ isAnotherWire }: { isAnotherWire: boolean }): void {
  beginning.value = isAnotherWire ? undefined : totals.value
  lastMeasured.value = undefined
  ladder.forget({ guestsToo: true })
}

/** @returns bytes, both directions */
export function bytesOf({ bytesUp, bytesDown }: Counts): number {
  return bytesUp + bytesDown
}

function difference(now: Totals, then: Totals | undefined): Measured {
  const since = (part: (typeof parts)[number]): Counts => {
    const counts = { ...now[part] }
    for (const figure of figures) counts[figure] -= then?.[part][figure] ?? 0
    return counts
  }
  return { http: since('http'), polling: since('polling'), websocket: since('websocket') }
}
