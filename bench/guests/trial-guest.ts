/** Somebody in the room, as far as the bench needs them. */
export interface Guest {
  readonly name: string
  /** @returns the number under which it will be acknowledged; 0 where nothing is */
  say(text: string): number
  /** Goes, and waits until the connections are closed. */
  leave(): Promise<void>
}

export interface GuestOptions {
  url: string
  /** where the guest stands, from 0 up */
  index: number
  guests: number
  /** the client's own headers, and its own way with connections, in place of a browser's */
  bare: boolean
  /** each message that this guest can show now, the guest's own included */
  hear(text: string): void
}

/** All names are of one length, so that everybody's messages are. */
export function nameOf(index: number): string {
  return `guest-${String(index).padStart(4, '0')}`
}

const batchSize = 20

/** Lets so many guests in, twenty at the same time; in the order of their indexes. */
export async function enterInBatches<Entered>(
  count: number,
  enter: (index: number) => Promise<Entered>,
): Promise<Entered[]> {
  const all: Entered[] = []
  while (all.length < count) {
    const size = Math.min(batchSize, count - all.length)
    const batch = Array.from({ length: size }, (_, i) => enter(all.length + i))
    all.push(...(await Promise.all(batch)))
  }
  return all
}
