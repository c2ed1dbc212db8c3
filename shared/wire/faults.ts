import { Advice } from '../terminal/advice.ts'

/** The same both ways, or one figure for each way. */
type EachWay = number | { up?: number; down?: number }

/** What the wire does to the traffic on purpose. What is left out is off. */
export interface Faults {
  /** how long every byte is kept back, ms, each way; 0 is off */
  delayMs?: EachWay
  /** how fast a connection may go, bytes a second, each way and each connection by itself; 0 is off */
  bytesPerSecond?: EachWay
  /** answers every request for a WebSocket with 400, as a proxy does that does not know WebSocket */
  refuseWebSocket?: boolean
}

/** {@link Faults} with everything said. */
export interface FaultsInForce {
  readonly delayMs: { readonly up: number; readonly down: number }
  readonly bytesPerSecond: { readonly up: number; readonly down: number }
  readonly refuseWebSocket: boolean
}

/** @throws Advice when a figure is negative or not a number */
export function completeFaults({ delayMs, bytesPerSecond, refuseWebSocket = false }: Faults): FaultsInForce {
  return {
    delayMs: eachWay('delayMs', delayMs),
    bytesPerSecond: eachWay('bytesPerSecond', bytesPerSecond),
    refuseWebSocket,
  }
}

function eachWay(name: string, value: EachWay = 0) {
  const { up = 0, down = 0 } = typeof value === 'number' ? { up: value, down: value } : value
  for (const figure of [up, down]) {
    if (Number.isFinite(figure) && figure >= 0) continue
    throw new Advice(
      `${name} is ${figure}, but it takes a number from 0 up.`,
      'To switch it off, set it to 0.',
    )
  }
  return { up, down }
}

/** What is in force, in plain words: `delay 200 ms each way · WebSocket refused`. */
export function describeFaults({ delayMs, bytesPerSecond, refuseWebSocket }: FaultsInForce): string {
  const words = [
    delayMs.up + delayMs.down > 0 && `delay ${both(delayMs, 'ms')}`,
    bytesPerSecond.up + bytesPerSecond.down > 0 && `trickle ${both(bytesPerSecond, 'bytes/s')}`,
    refuseWebSocket && 'WebSocket refused',
  ].filter(Boolean)
  return words.join(' · ') || 'no faults'
}

function both({ up, down }: { up: number; down: number }, unit: string): string {
  return up === down ? `${up} ${unit} each way` : `${up} ${unit} up, ${down} ${unit} down`
}

/** A time during which nobody gets through. It ends by itself, or earlier when it is ended. */
export class Cut {
  #until = 0 // on performance.now()'s clock
  #end: (() => void) | undefined

  /** how long it still lasts, ms; 0 or less when there is none */
  get leftMs(): number {
    return this.#until - performance.now()
  }

  /**
   * Begins a cut, and ends the one before.
   *
   * @returns when it is over
   */
  begin(ms: number): Promise<void> {
    this.end()
    this.#until = performance.now() + ms
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end(), ms)
      this.#end = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  end() {
    this.#until = 0
    this.#end?.()
    this.#end = undefined
  }
}
