import { Advice } from '../terminal/advice.ts'
import type { Faults } from './open-wire.ts'
import type { ParsedCommand } from '../terminal/arguments.ts'

/** The options by which a command makes the network worse, for its spec. */
export const faultOptions = {
  delay: ['200', 'holds every byte back for so many ms, both ways'],
  trickle: ['2000', 'lets so many bytes a second through'],
  'refuse-websocket': [true, 'answers 400 to a client that asks for WebSocket'],
} as const

/**
 * The faults that are asked for on the command line.
 *
 * @param command as typed, `npm run step 6`
 * @throws Advice when a figure is no number
 */
export function readFaults({ option, flag }: ParsedCommand, command: string): Faults {
  const number = (name: 'delay' | 'trickle') => {
    const text = option(name) ?? '0'
    if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
    throw new Advice(
      `--${name} is ${JSON.stringify(text)}, but it takes a number from 0 up.`,
      `For example:  ${command} -- --${name} ${faultOptions[name][0]}`,
    )
  }
  return {
    delayMs: number('delay'),
    bytesPerSecond: number('trickle'),
    refuseWebSocket: flag('refuse-websocket'),
  }
}
