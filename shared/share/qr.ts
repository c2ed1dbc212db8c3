import { renderSVG, renderUnicodeCompact } from 'uqr'

const quiet = 2 // modules of white around it; readers want some, and a terminal's own background is often black

/**
 * A QR code for a terminal, two modules a character. It brings its own black and white: a code that is the wrong way
 * round on a light terminal is not read by every phone.
 *
 * @param text an address
 * @returns lines
 */
export function qrForTerminal(text: string): string[] {
  return renderUnicodeCompact(text, { border: quiet })
    .split('\n')
    .map((line) => `\x1b[97;40m${line}\x1b[0m`)
}

/** The same as an SVG picture. */
export function qrAsSvg(text: string): string {
  return renderSVG(text, { border: quiet })
}
