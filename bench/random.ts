/** Numbers from 0 up to 1 that look random, and are the same ones for the same seed (xorshift32, Marsaglia 2003). */
export function randomFrom(seed: number): () => number {
  let state = seed * 2_654_435_761 || 1 // neighbouring seeds would begin alike
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
