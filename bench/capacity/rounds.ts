/**
 * Measures each of them as often as there are rounds. Each round begins with another one, so that what else the machine does meets
 * all of them.
 *
 * @param measure one of them once; `round` counts from 1
 * @param signal ends it early, with what was measured until then: Ctrl-C stops servers in the middle of a round
 * @returns what was found, by what was measured
 */
export async function inRounds<Name, Found>(
  names: readonly Name[],
  { rounds, signal }: { rounds: number; signal: AbortSignal },
  measure: (name: Name, round: number) => Promise<Found>,
): Promise<Map<Name, Found[]>> {
  const found = new Map<Name, Found[]>()
  for (let round = 0; round < rounds; round++) {
    for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)]) {
      if (signal.aborted) return found
      try {
        const one = await measure(name, round + 1)
        found.set(name, [...(found.get(name) ?? []), one])
      } catch (error) {
        if (!signal.aborted) throw error
      }
    }
  }
  return found
}
