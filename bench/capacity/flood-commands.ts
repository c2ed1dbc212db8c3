/** What the process that floods a server is told. */
export type FloodCommand =
  | { do: 'enter'; url: string; guests: number; isSocketIo: boolean }
  | { do: 'speak'; isSocketIo: boolean; warmUpMs: number; windowMs: number }

export interface FloodReport {
  /** a second, while it was measured */
  deliveries: number
  /** for each message, until the last guest had it, ms */
  latenciesMs: number[]
  /** of the flooding process, a second */
  cpuSeconds: number
}

/** The bench itself sends nothing else. */
export function isFloodCommand(value: unknown): value is FloodCommand {
  if (typeof value !== 'object' || value === null || !('do' in value)) return false
  return value.do === 'enter' || value.do === 'speak'
}

/** A report, as far as its two most telling fields say. */
export function isFloodReport(value: unknown): value is FloodReport {
  return typeof value === 'object' && value !== null && 'deliveries' in value && 'latenciesMs' in value
}
