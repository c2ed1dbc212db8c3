// Attacks, in a process of their own: they must not slow the honest guests down by keeping them from being served.
import { chance } from '../support/traffic.ts'
import { attacks } from './attacks.ts'

const [, , url = '', cookie = '', seed = '1', part = '1', ...names] = process.argv
const stillHere = setInterval(() => {}, 1_000) // an attack's pauses do not keep a process alive
let inputs = 0
for (const name of names) {
  const attack = attacks[name]
  if (!attack) throw new Error(`there is no attack ${JSON.stringify(name)}`)
  process.send?.(name)
  inputs += await attack({ url, cookie, chance: chance(Number(seed)), part: Number(part) })
}
clearInterval(stillHere)
process.send?.(inputs, () => process.exit(0))
