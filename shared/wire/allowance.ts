/** A trickle is let out in portions of this length. */
export const portionMs = 50

/** @returns takes as many of so many bytes as a trickle may let out now, and says how many; 0 a second is no trickle */
export function allowance(): (bytes: number, bytesPerSecond: number) => number {
  let credit = 0 // bytes that might go at creditAt
  let creditAt = 0
  return (bytes, bytesPerSecond) => {
    if (bytesPerSecond === 0) return bytes
    const now = performance.now()
    const portion = Math.max(1, (bytesPerSecond * portionMs) / 1_000)
    credit = Math.min(portion, credit + ((now - creditAt) / 1_000) * bytesPerSecond)
    creditAt = now
    const taken = Math.min(bytes, Math.floor(credit))
    credit -= taken
    return taken
  }
}
