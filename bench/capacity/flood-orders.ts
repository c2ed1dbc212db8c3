/** What the process that floods a server is told. */
export type Flood =
  | { do: 'enter'; url: string; guests: number; isSocketIo: boolean }
  | { do: 'speak'; isSocketIo: boolean; warmUpMs: number; windowMs: number }

export interface Flooded {
  /** a second, while it was measured */
  deliveries: number
  /** for each message, until the last guest had it, ms */
  latenciesMs: number[]
  /** of the flooding process, a second */
  cpuSeconds: number
  problem?: string
}

export function isFlood(value: unknown): value is Flood {
  if (typeof value !== 'object' || value === null || !('do' in value)) return false
  return value.do === 'enter' || value.do === 'speak'
}

export function isFlooded(value: unknown): value is Flooded {
  return typeof value === 'object' && value !== null && 'deliveries' in value && 'latenciesMs' in value
}
