import { styleText } from 'node:util'

/**
 * The text in a colour, where a terminal shows it; as it is in a pipe, or when NO_COLOR is set.
 *
 * @param colour as node:util's styleText names it
 */
export function paint(colour: Parameters<typeof styleText>[0], text: string): string {
  return process.stdout.isTTY && !process.env.NO_COLOR ? styleText(colour, text) : text
}
