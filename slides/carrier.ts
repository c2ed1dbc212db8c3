import { BrokenSlide } from './broken-slide.ts'

const carriers = ['http', 'polling', 'websocket'] as const

/** What carries a message: the class that gives it its colour (static/tokens.css). */
export type Carrier = (typeof carriers)[number]

/**
 * Reads `over polling`: what the lines below it go over.
 *
 * @returns undefined for a line of another form
 * @throws BrokenSlide for a carrier that does not exist
 */
export function parseCarrier(line: string): Carrier | undefined {
  const [, name] = /^over (\S+)$/.exec(line) ?? []
  const carrier = carriers.find((one) => one === name)
  if (name && !carrier)
    throw new BrokenSlide(`nothing goes over “${name}”: write over ${carriers.join(', over ')}`)
  return carrier
}
