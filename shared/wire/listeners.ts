import type { Totals } from './meter.ts'
import type { WireRecord } from './record.ts'

/** What can be listened to. */
export interface WireEvents {
  /** each record, in the order of their ids */
  record: (record: WireRecord) => void
  /** the totals, at most four times a second and only when they have changed */
  totals: (totals: Totals) => void
}

const totalsEveryMs = 250

/**
 * Those who listen to a wire.
 *
 * @param totals a copy, as they are now
 */
export function keepListeners(totals: () => Totals) {
  const all: { [name in keyof WireEvents]: Set<WireEvents[name]> } = { record: new Set(), totals: new Set() }
  let totalsTimer: ReturnType<typeof setTimeout> | undefined

  function tellTotals() {
    totalsTimer = undefined
    for (const listener of all.totals) safely(() => listener(totals()))
  }

  return {
    /** @returns a function that ends the listening */
    add<Name extends keyof WireEvents>(name: Name, listener: WireEvents[Name]): () => void {
      all[name].add(listener)
      return () => void all[name].delete(listener)
    },
    /** Tells a record at once, and soon the totals. */
    tell(record: WireRecord) {
      for (const listener of all.record) safely(() => listener(record))
      if (all.totals.size > 0) totalsTimer ??= setTimeout(tellTotals, totalsEveryMs).unref()
    },
    /** Tells no totals any more. */
    stop: () => clearTimeout(totalsTimer),
  }
}

/** A listener that throws ends the program as an exception does, but not in the middle of somebody's bytes. */
function safely(work: () => void) {
  try {
    work()
  } catch (error) {
    setImmediate(() => {
      throw error
    })
  }
}
