import type { WireRecord } from './record.ts'

/** What is known of a record before the log numbers it. */
export type NewRecord = Pick<WireRecord, 'direction' | 'transport' | 'kind' | 'bytes' | 'meaning'> &
  Partial<Pick<WireRecord, 'payload' | 'head' | 'body' | 'shortened' | 'exchange' | 'within'>>

export interface RecordLogOptions {
  /** how many records are kept, the newest; default 10,000 */
  maxRecords?: number
  /** how many bytes of heads and bodies are kept in all; default 32 MB */
  maxBytes?: number
  /** how many bytes of one head, and of one body, are kept; default 16,384 */
  maxPartBytes?: number
}

const none = Buffer.alloc(0)

/** Keeps the last records, in a memory that does not grow. */
export class RecordLog {
  readonly #maxRecords: number
  readonly #maxBytes: number
  readonly #maxPartBytes: number
  readonly #ring: WireRecord[] = [] // a record with id n is at n % maxRecords
  #lastId = 0
  #oldestId = 1
  #keptBytes = 0

  constructor({
    maxRecords = 10_000,
    maxBytes = 32 * 1024 * 1024,
    maxPartBytes = 16 * 1024,
  }: RecordLogOptions = {}) {
    this.#maxRecords = maxRecords
    this.#maxBytes = maxBytes
    this.#maxPartBytes = maxPartBytes
  }

  /** Numbers a record, keeps it and hands it back. */
  add(connection: number, record: NewRecord): WireRecord {
    const { head = none, body = none, shortened = false } = record
    const most = this.#maxPartBytes
    const added: WireRecord = {
      id: ++this.#lastId,
      at: performance.timeOrigin + performance.now(),
      connection,
      payload: 0,
      ...record,
      head: beginning(head, most),
      body: beginning(body, most),
      shortened: shortened || head.length > most || body.length > most,
    }
    if (this.#lastId - this.#oldestId >= this.#maxRecords) this.#forgetOldest()
    this.#ring[this.#lastId % this.#maxRecords] = added
    this.#keptBytes += sizeOf(added)
    while (this.#keptBytes > this.#maxBytes) this.#forgetOldest()
    return added
  }

  /** The records after the one with this id that are still kept, oldest first. 0 for all of them. */
  since(id: number): WireRecord[] {
    const from = Math.max(id + 1, this.#oldestId)
    const count = Math.max(0, this.#lastId - from + 1)
    return Array.from({ length: count }, (_, i) => this.#ring[(from + i) % this.#maxRecords]!)
  }

  #forgetOldest() {
    this.#keptBytes -= sizeOf(this.#ring[this.#oldestId % this.#maxRecords]!)
    this.#oldestId++
  }
}

function sizeOf({ head, body }: WireRecord): number {
  return head.length + body.length
}

/** A copy when it is shortened: a slice would keep all of it in memory. */
function beginning(bytes: Buffer, most: number): Buffer {
  return bytes.length > most ? Buffer.from(bytes.subarray(0, most)) : bytes
}
