/** A trickle is let out in portions of this length. */
export const portionMs = 50

/** How much a trickle may let out. */
export class Allowance {
  #credit = 0 // bytes that might go at #creditAt
  #creditAt = 0

  /**
   * @param bytesPerSecond 0 for as fast as it goes
   * @returns how many of so many bytes may go now: those are taken
   */
  take(bytes: number, bytesPerSecond: number): number {
    if (bytesPerSecond === 0) return bytes
    const now = performance.now()
    const portion = Math.max(1, (bytesPerSecond * portionMs) / 1_000)
    const earned = ((now - this.#creditAt) / 1_000) * bytesPerSecond
    this.#credit = Math.min(portion, this.#credit + earned)
    this.#creditAt = now
    const taken = Math.min(bytes, Math.floor(this.#credit))
    this.#credit -= taken
    return taken
  }
}
