/** What the process of those who talk is told; the first time, they come in. */
export interface TalkCommand {
  /** the servers': the guests are spread over them */
  urls: string[]
  guests: number
  /** all in one room; each in a room of their own otherwise */
  isTogether: boolean
  /** so long, and at least once, each of them says the next thing as soon as the last is answered */
  durationMs: number
}

/** How it went. */
export interface TalkReport {
  /** that were said and answered */
  messages: number
  /** messages that were answered, a second */
  stored: number
  /** messages that reached somebody, a second. Who says one hears it with the answer, as their page shows it then */
  deliveries: number
  /** from saying to hearing, ms */
  p50Ms: number
  p99Ms: number
  /** processor time of this process for a message, ms */
  guestsCpuMs: number
  /** messages and guests that never met */
  lost: number
  doubled: number
}

/** The bench itself sends nothing else. */
export function isTalkCommand(value: unknown): value is TalkCommand {
  return typeof value === 'object' && value !== null && 'urls' in value && 'durationMs' in value
}

/** A report, as far as its two most telling fields say. */
export function isTalkReport(value: unknown): value is TalkReport {
  return typeof value === 'object' && value !== null && 'stored' in value && 'lost' in value
}
