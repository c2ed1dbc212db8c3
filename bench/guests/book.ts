interface Entry {
  /** on performance.now()'s clock */
  dueAt: number
  /** 1 for each guest who has heard it, by their index */
  heard: Uint8Array
  isMeasured: boolean
}

/** Who has heard what, when, and how often. */
export interface Book {
  /** @param dueAt when it was to be said, on performance.now()'s clock */
  said(text: string, dueAt: number, isMeasured: boolean): void
  heard(guest: number, text: string): void
  /** messages heard so far, doubled ones left out */
  readonly delivered: number
  /** Waits until everybody has heard everything, or nobody hears anything new for so long. */
  complete(patienceMs: number): Promise<void>
  /** for the measured messages: one number for each guest who has heard them */
  readonly latenciesMs: number[]
  readonly lost: number
  readonly doubled: number
}

export function openBook(guests: number): Book {
  const entries = new Map<string, Entry>()
  const latenciesMs: number[] = []
  let delivered = 0
  let doubled = 0
  let tell = () => {}

  const missing = () => entries.size * guests - delivered

  return {
    said(text, dueAt, isMeasured) {
      entries.set(text, { dueAt, heard: new Uint8Array(guests), isMeasured })
    },
    heard(guest, text) {
      const entry = entries.get(text)
      const times = entry?.heard[guest]
      // A message of an order before this one has been heard, or given up, already.
      if (!entry || times === undefined || times > 0) {
        doubled++
        return
      }
      entry.heard[guest] = 1
      delivered++
      if (entry.isMeasured) latenciesMs.push(performance.now() - entry.dueAt)
      tell()
    },
    get delivered() {
      return delivered
    },
    complete(patienceMs) {
      if (missing() === 0) return Promise.resolve()
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer)
          tell = () => {}
          resolve()
        }
        let timer = setTimeout(done, patienceMs)
        tell = () => {
          if (missing() === 0) return done()
          clearTimeout(timer)
          timer = setTimeout(done, patienceMs)
        }
      })
    },
    latenciesMs,
    get lost() {
      return missing()
    },
    get doubled() {
      return doubled
    },
  }
}
