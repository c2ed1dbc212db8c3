import type { Condition } from './result-rows.ts'
import type { TransportName } from './transports.ts'

/** What is to be measured. */
export interface Plan {
  transports: TransportName[]
  rounds: number
  /** 0 for not at all; a multiple of 25 has as many pings for everybody */
  idleSeconds: number
  /** messages in one run of lockstep, and in one burst */
  lockstepMessages: number
  burstMessages: number
  /** rooms in which lockstep is counted; the first is the room that talks */
  sizes: number[]
  /** rooms that talk by the clock; the transports one after the other, because they share the processor */
  alone: Condition[]
  /** the same where the network is slower than any processor: all transports at once */
  together: Condition[]
  windowMs: number
  leadMs: number
}

const room = 10
const talking: Condition = { guests: room, roundTripMs: 0, messagesPerSecond: 10 }

export const plans: Record<'quick' | 'default' | 'full', Plan> = {
  quick: {
    transports: ['websocket', 'plain-500', 'polling'],
    rounds: 1,
    idleSeconds: 0,
    lockstepMessages: 20,
    burstMessages: 50,
    sizes: [room],
    alone: [talking],
    together: [{ ...talking, roundTripMs: 200 }],
    windowMs: 1_500,
    leadMs: 400,
  },
  default: {
    transports: ['websocket', 'upgrade', 'server-sent-events', 'plain-1000', 'plain-500', 'polling'],
    rounds: 3,
    idleSeconds: 25,
    lockstepMessages: 20,
    burstMessages: 50,
    sizes: [room, 2, 50],
    alone: [talking],
    together: [{ ...talking, roundTripMs: 200 }],
    windowMs: 2_000,
    leadMs: 400,
  },
  full: {
    transports: ['websocket', 'upgrade', 'server-sent-events', 'plain-1000', 'plain-500', 'polling'],
    rounds: 3,
    idleSeconds: 50,
    lockstepMessages: 50,
    burstMessages: 50,
    sizes: [room, 2, 50, 100],
    alone: [
      talking,
      { ...talking, messagesPerSecond: 2 },
      { ...talking, messagesPerSecond: 50 },
      { ...talking, guests: 2 },
      { ...talking, guests: 50 },
      { ...talking, guests: 100 },
    ],
    together: [
      { ...talking, roundTripMs: 50 },
      { ...talking, roundTripMs: 200 },
    ],
    windowMs: 5_000,
    leadMs: 1_200,
  },
}
