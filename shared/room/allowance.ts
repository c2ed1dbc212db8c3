const mostKept = 10_000 // names; the oldest are forgotten, and with them what they had spent

/**
 * What each of many may still do: so much in one go, and a little more each second.
 *
 * @param atOnce in one go
 * @param perSecond what each second gives back
 * @returns a function that takes one from what a name has left, or, with `cost` 0, says whether there is one; false when
 *   there is none
 */
export function allowance(atOnce: number, perSecond: number): (name: string, cost?: 0 | 1) => boolean {
  const kept = new Map<string, { left: number; countedAt: number }>()
  return (name, cost = 1) => {
    const now = performance.now()
    const { left, countedAt } = kept.get(name) ?? { left: atOnce, countedAt: now }
    const has = Math.min(atOnce, left + ((now - countedAt) / 1_000) * perSecond)
    if (has < 1 || cost === 0) return has >= 1
    kept.delete(name) // so that the one which is used last stands last
    kept.set(name, { left: has - 1, countedAt: now })
    if (kept.size > mostKept)
      for (const oldest of [...kept.keys()].slice(0, mostKept / 10)) kept.delete(oldest)
    return true
  }
}
