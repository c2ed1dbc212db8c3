interface Entry {
  /** on performance.now()'s clock */
  dueAt: number
  /** 1 for each guest who has heard it, by their index */
  heard: Uint8Array
  isMeasured: boolean
  /** false once somebody has waited too long for it: nobody waits again */
  isAwaited: boolean
}

/** Who has heard what, when, and how often. */
export interface DeliveryLog {
  /** @param dueAt when it was to be said, on performance.now()'s clock */
  sent(text: string, dueAt: number, isMeasured: boolean): void
  /** @param guest the guest's index */
  heard(guest: number, text: string): void
  /** messages heard so far, doubled ones left out */
  readonly delivered: number
  /** Waits until everybody has heard everything, or nobody hears anything new for so long. */
  complete(timeoutMs: number): Promise<void>
  /** for the measured messages: one number for each guest who has heard them */
  readonly latenciesMs: number[]
  readonly lost: number
  readonly doubled: number
}

/** @param guests how many there are, the sender of each message too */
export function openDeliveryLog(guests: number): DeliveryLog {
  const entries = new Map<string, Entry>()
  const latenciesMs: number[] = []
  let delivered = 0
  let doubled = 0
  let awaited = 0
  let onHeard = () => {}

  function giveUp() {
    awaited = 0
    for (const entry of entries.values()) entry.isAwaited = false
  }

  return {
    sent(text, dueAt, isMeasured) {
      entries.set(text, { dueAt, heard: new Uint8Array(guests), isMeasured, isAwaited: true })
      awaited += guests
    },
    heard(guest, text) {
      const entry = entries.get(text)
      const times = entry?.heard[guest]
      // A message of a command before this one has been heard, or given up, already.
      if (!entry || times === undefined || times > 0) {
        doubled++
        return
      }
      entry.heard[guest] = 1
      delivered++
      if (entry.isAwaited) awaited--
      if (entry.isMeasured) latenciesMs.push(performance.now() - entry.dueAt)
      onHeard()
    },
    get delivered() {
      return delivered
    },
    complete(timeoutMs) {
      if (awaited === 0) return Promise.resolve()
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer)
          onHeard = () => {}
          resolve()
        }
        const tooLate = () => {
          giveUp()
          done()
        }
        let timer = setTimeout(tooLate, timeoutMs)
        onHeard = () => {
          if (awaited === 0) return done()
          clearTimeout(timer)
          timer = setTimeout(tooLate, timeoutMs)
        }
      })
    },
    latenciesMs,
    get lost() {
      return entries.size * guests - delivered
    },
    get doubled() {
      return doubled
    },
  }
}
