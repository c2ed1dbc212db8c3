/** A life line: one guest's, or that of several who share it. */
export interface Lane {
  readonly name: string
  readonly guests: readonly string[]
  /** stands for all others; a click gives each of them one */
  readonly isFolded: boolean
}

const maxUnfolded = 4

/**
 * Who has a life line.
 *
 * @param windows whose windows the page shows
 * @param known all who have come, in their order, these or others
 * @param isUnfolded the newest of the others have one each
 */
export function lanesOf(windows: readonly string[], known: readonly string[], isUnfolded: boolean): Lane[] {
  // Without windows of its own, the page gives the two sides to those who came first.
  const named = windows.length > 0 ? windows : known.slice(0, 2)
  const others = known.filter((guest) => !named.includes(guest))
  const apart = isUnfolded ? others.slice(-maxUnfolded) : []
  const together = others.filter((guest) => !apart.includes(guest))
  const lanes = [...named, ...apart].map((guest): Lane => ({ name: guest, guests: [guest], isFolded: false }))
  if (together.length === 1) lanes.push({ name: together[0]!, guests: together, isFolded: false })
  if (together.length > 1) {
    lanes.push({ name: `${together.length} others`, guests: together, isFolded: true })
  }
  return lanes
}

/** Where a life line stands, in percent of the diagram's width: the first left of the server, all others right of it. */
export function placesOf(lanes: readonly Lane[]): { server: number; lanes: number[] } {
  const points = Math.max(2, lanes.length) + 1
  const at = (index: number) => 2 + (96 * index) / (points - 1)
  return { server: at(1), lanes: lanes.map((_lane, index) => at(index === 0 ? 0 : index + 1)) }
}
