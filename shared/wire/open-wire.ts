import { Wire } from './wire.ts'
import type { WireOptions } from './wire-options.ts'

export type { Faults, FaultsInForce } from './faults.ts'
export type { ConnectionSummary, Counts, Totals } from './meter.ts'
export type { Direction, Kind, Transport, WireRecord } from './record.ts'
export type { Wire } from './wire.ts'
export type { WireOptions } from './wire-options.ts'

/**
 * Opens a wire in front of a server. Clients use `url` in place of the server's own address.
 *
 * @throws Advice when `to` is no address with http://, or the port is taken
 */
export async function openWire(options: WireOptions): Promise<Wire> {
  const wire = new Wire(options)
  await wire.listen()
  return wire
}
