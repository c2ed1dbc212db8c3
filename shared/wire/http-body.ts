import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { type Head, header } from './http-head.ts'

/** A body as far as it is kept. */
export interface Body {
  readonly bytes: Buffer
  /** its length on the wire without chunk lengths */
  readonly length: number
  /** true when `bytes` is only the beginning */
  readonly shortened: boolean
  /** true when it was compressed and `bytes` is not */
  readonly unpacked: boolean
}

export type BodyCollector = ReturnType<typeof collectBody>

/** Collects the pieces of a body, at most so many bytes of it. */
export function collectBody(maxBytes: number) {
  const pieces: Buffer[] = []
  let length = 0
  let kept = 0
  return {
    add(piece: Buffer) {
      length += piece.length
      if (kept >= maxBytes) return
      const part = Buffer.from(piece.subarray(0, maxBytes - kept))
      pieces.push(part)
      kept += part.length
      // A body of one-byte chunks would cost a hundred times its size.
      if (pieces.length >= 1_024) pieces.splice(0, pieces.length, Buffer.concat(pieces))
    },
    /** @param head says how it is compressed (RFC 9110 §8.4) */
    take(head: Pick<Head, 'headers'>): Body {
      const packed = Buffer.concat(pieces)
      const shortened = length > kept
      if (shortened || length === 0) return { bytes: packed, length, shortened, unpacked: false }
      const bytes = unpack(packed, header(head, 'content-encoding')?.toLowerCase())
      return { bytes: bytes ?? packed, length, shortened, unpacked: bytes !== undefined }
    },
  }
}

const unpackLimit = { maxOutputLength: 4 * 1024 * 1024 } // a few bytes of zip can hold gigabytes

function unpack(packed: Buffer, coding: string | undefined): Buffer | undefined {
  try {
    if (coding === 'gzip' || coding === 'x-gzip') return gunzipSync(packed, unpackLimit)
    if (coding === 'br') return brotliDecompressSync(packed, unpackLimit)
    if (coding !== 'deflate') return undefined
    // By the standard "deflate" has a zlib header; some servers leave it out (RFC 9110 §8.4.1.2).
    const hasHeader = (packed[0]! & 0x0f) === 8
    return hasHeader ? inflateSync(packed, unpackLimit) : inflateRawSync(packed, unpackLimit)
  } catch {
    return undefined // It stays packed: the page shows it as it came.
  }
}
