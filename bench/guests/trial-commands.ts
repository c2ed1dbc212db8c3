import { isTransport, type TransportName } from '../transports.ts'

/** What the bench tells the process of its guests to do; one at a time, each is answered with one {@link GuestsReport}. */
export type GuestsCommand =
  | { do: 'enter'; url: string; transport: TransportName; guests: number; bare: boolean }
  | { do: 'lockstep'; messages: number; seed: number }
  | { do: 'burst'; messages: number; seed: number }
  | ({ do: 'talk'; seed: number } & Talk)
  | { do: 'leave' }

/** A talk by the clock: nobody waits for anybody. */
export interface Talk {
  /** when the part that is measured begins, ms since 1970 */
  at: number
  /** how long it lasts, ms */
  windowMs: number
  /** so long it is talked before, ms: at both ends of the window as much is on its way */
  leadMs: number
  /** in the whole room */
  messagesPerSecond: number
}

/** A message as it went out. */
export interface SentMessage {
  speaker: string
  text: string
  /** the number under which Socket.IO acknowledges it; 0 where nothing is acknowledged */
  acknowledgement: number
}

/** What the guests have to tell when a command is done. */
export interface GuestsReport {
  /** in the part that is measured */
  sent: SentMessage[]
  /** messages that reached a guest in the part that is measured, the speakers' own included */
  delivered: number
  /** for each message and guest: from the moment it was to be said until it was heard, ms */
  latenciesMs: number[]
  /** messages and guests that never met */
  lost: number
  /** messages that a guest heard once more than once */
  doubled: number
  /** of the guests' process, in the part that is measured */
  cpuSeconds: number
}

/** The bench itself sends nothing else; somebody who starts this process by hand is told so. */
export function isGuestsCommand(value: unknown): value is GuestsCommand {
  if (typeof value !== 'object' || value === null || !('do' in value)) return false
  if (value.do === 'enter') {
    return 'transport' in value && typeof value.transport === 'string' && isTransport(value.transport)
  }
  return value.do === 'lockstep' || value.do === 'burst' || value.do === 'talk' || value.do === 'leave'
}

/** A report, as far as its two most telling fields say. */
export function isGuestsReport(value: unknown): value is GuestsReport {
  return typeof value === 'object' && value !== null && 'latenciesMs' in value && 'lost' in value
}
