import { type Html, html } from '#shared/serve/html'
import { BrokenSlide } from './broken-slide.ts'

const headLength = 15
const headWidth = 6

/**
 * An arrow as SVG, in the colour of the carrier around it. Its head is drawn, and no marker: a marker of a slide that is
 * hidden does not show on another one.
 */
export function arrow(direction: 'up' | 'down', x1: number, y1: number, x2: number, y2: number): Html {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1
  const [alongX, alongY] = [(x2 - x1) / length, (y2 - y1) / length]
  const [baseX, baseY] = [x2 - alongX * headLength, y2 - alongY * headLength]
  const corner = (side: number) =>
    `${round(baseX - side * alongY * headWidth)} ${round(baseY + side * alongX * headWidth)}`
  return html`
    <path class="arrow ${direction}" d="M${round(x1)} ${round(y1)}L${round(baseX)} ${round(baseY)}" />
    <path class="head" d="M${round(x2)} ${round(y2)}L${corner(1)}L${corner(-1)}z" />
  `
}

function round(figure: number): string {
  return figure.toFixed(1)
}

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
