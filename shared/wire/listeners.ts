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

/** Those who listen to a wire. */
export class Listeners {
  readonly #totals: () => Totals
  readonly #all: { [name in keyof WireEvents]: Set<WireEvents[name]> } = {
    record: new Set(),
    totals: new Set(),
  }
  #totalsTimer: ReturnType<typeof setTimeout> | undefined

  /** @param totals a copy, as they are now */
  constructor(totals: () => Totals) {
    this.#totals = totals
  }

  /** @returns a function that ends the listening */
  add<Name extends keyof WireEvents>(name: Name, listener: WireEvents[Name]): () => void {
    this.#all[name].add(listener)
    return () => void this.#all[name].delete(listener)
  }

  /** Tells a record at once, and soon the totals. */
  tell(record: WireRecord) {
    for (const listener of this.#all.record) safely(() => listener(record))
    if (this.#totalsTimer || this.#all.totals.size === 0) return
    this.#totalsTimer = setTimeout(() => {
      this.#totalsTimer = undefined
      for (const listener of this.#all.totals) safely(() => listener(this.#totals()))
    }, totalsEveryMs)
    this.#totalsTimer.unref()
  }

  /** Tells no totals any more. */
  stop() {
    clearTimeout(this.#totalsTimer)
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
