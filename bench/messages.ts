const who =
  'The ferry,My sister,Nobody,The baker,Somebody,The old cat,Our neighbour,A stranger,The moon,Uncle Jo,The teacher,Every child'.split(
    ',',
  )
const does =
  'left,asked,waited,called,sang,looked up,stayed,laughed,came back,lied,fell asleep,danced,won,gave in'.split(
    ',',
  )
const how =
  'at noon,in the rain,by the harbour,again,after all,until Monday,for us,upstairs,too early,quietly,on a Friday,in vain,at last'.split(
    ',',
  )

/**
 * An ordinary sentence that nobody else says, 26 to 50 characters, 36 on average: its number tells it from all others.
 * Varied on purpose: what repeats itself, a connection with compression makes vanish.
 */
export function sentence(random: () => number, number: number): string {
  const pick = (words: string[]) => words[Math.floor(random() * words.length)]
  return `${pick(who)} ${pick(does)} ${pick(how)} (${String(number).padStart(6, '0')}).`
}

/**
 * When somebody in a room speaks: independent of what has come back, and unevenly, as people do. A Poisson process of
 * which the count is known: its moments lie anywhere with the same chance.
 *
 * @param from ms
 * @param to ms
 * @returns so many moments, in their order
 */
export function moments(random: () => number, count: number, from: number, to: number): number[] {
  const found = Array.from({ length: count }, () => from + random() * (to - from))
  return found.toSorted((one, other) => one - other)
}
