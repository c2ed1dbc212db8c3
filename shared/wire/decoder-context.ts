import type { Meter } from './meter.ts'
import type { PollWatch } from './polls.ts'
import type { NewRecord } from './record-log.ts'
import type { WireRecord } from './record.ts'
import type { Session } from './session.ts'

/** What a decoder tells, and what it has to know of the other connections. */
export interface DecoderContext {
  meter: Meter
  /** Counts a record and hands it on. */
  emit(record: NewRecord): WireRecord
  polls: PollWatch
  /** the Engine.IO session with this id: one client, whatever connection it comes over */
  sessionOf(sid: string): Session
  /** the numbers that requests and their answers share */
  nextExchange(): number
}
