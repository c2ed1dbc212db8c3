/**
 * The name that somebody most likely meant.
 *
 * @param typed what they typed; capitals do not count
 * @returns undefined when none is near: at most a third of its letters are others, or it begins with what was typed
 */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const text = typed.toLowerCase()
  const near = names.map((name) => {
    const isBeginning = text !== '' && name.toLowerCase().startsWith(text)
    return { name, changes: isBeginning ? 0 : changesBetween(text, name.toLowerCase()) }
  })
  const [best] = near.toSorted((one, other) => one.changes - other.changes)
  return best && best.changes <= Math.max(1, best.name.length / 3) ? best.name : undefined
}

/** How many letters have to be put in, taken out, replaced, or swapped with their neighbour (optimal string alignment). */
function changesBetween(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    const above = rows[i - 1]!
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1]
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      row[j] = Math.min(
        above[j]! + 1,
        row[j - 1]! + 1,
        above[j - 1]! + (isSame ? 0 : 1),
        isSwapped ? rows[i - 2]![j - 2]! + 1 : Infinity,
      )
    }
    rows.push(row)
  }
  return rows[one.length]![other.length]!
}
