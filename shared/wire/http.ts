import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { HTTPParser } from 'http-parser-js'

/** The first part of an HTTP message (RFC 9112 §2.1), up to and with the empty line. */
export interface Head {
  /** `GET`; empty for an answer */
  readonly method: string
  /** as it stands in the request line: `/messages?after=3`; empty for an answer */
  readonly url: string
  /** 200; 0 for a request */
  readonly status: number
  readonly reason: string
  /** in their order, names as they were written */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** the bytes themselves */
  readonly raw: Buffer
  /** a request that asks for another protocol, or the answer 101 that grants it */
  readonly upgrade: boolean
}

export interface HttpHandlers {
  /** @returns `no body` when none follows although the head announces one: the answer to HEAD */
  head(head: Head): 'no body' | undefined
  /** @param piece of the body, without chunk lengths, still compressed */
  body(piece: Buffer): void
  /** @param end where the message ends: bytes of this direction since the reader began */
  message(end: number): void
}

/** Reads the HTTP/1.1 messages of one direction, one after the other: kept-alive, pipelined, chunked. */
export interface HttpReader {
  /**
   * @returns how many bytes it has read: all, or up to the end of a head that changes the protocol
   * @throws Error when this is no HTTP, or a head goes on for more than 80 KB
   */
  read(bytes: Buffer): number
  /** The sender has ended: a body without a length ends here too. */
  end(): void
  /** where the head begins that has begun and not ended: bytes since the reader began; undefined between heads */
  readonly headStart: number | undefined
}

// As much as the parser allows by default; Node's own limit is 16 KB.
const longestHead = 80 * 1024
const longestPiece = 64 * 1024 // below that limit: see headerSize

// Of the HTTP parsers in JavaScript this is the one that is kept and that programs may import: Node's own is
// private, and so is the WebAssembly build inside undici. MIT, 30 KB, no dependencies, any Node.
class Parser extends HTTPParser {
  // Fields of the parser that its types leave out.
  declare readonly offset: number
  declare readonly state: string
  declare headerSize: number
}

/** @param type `REQUEST` for what guests send, `RESPONSE` for what servers answer */
export function httpReader(type: 'REQUEST' | 'RESPONSE', handlers: HttpHandlers): HttpReader {
  const parser = new Parser(type)
  let before = 0 // bytes of this direction that came in earlier pieces
  let chunk: Buffer = Buffer.alloc(0)
  let inHead = true
  let headFrom = 0 // where in this chunk the head begins
  let headSoFar: Buffer[] = []
  let headBytes = 0
  let silent = 0 // bytes that came to nothing: a chunk length, or a trailer, that does not end
  let switched = false

  parser[HTTPParser.kOnHeadersComplete] = (info) => {
    const headers = Array.from(
      { length: info.headers.length / 2 },
      (_, i) => [info.headers[2 * i]!, info.headers[2 * i + 1]!] as const,
    )
    for (const [name, value] of headers) {
      // The parser takes the sign of "-45" at its word, goes back 45 bytes, and never comes out of it again.
      if (name.toLowerCase() === 'content-length' && !/^\d{1,15}$/.test(value)) {
        throw new Error(`the content length ${JSON.stringify(value.slice(0, 40))} is no number`)
      }
    }
    const head: Head = {
      method: type === 'REQUEST' ? (HTTPParser.methods[info.method] ?? '') : '',
      url: type === 'REQUEST' ? info.url : '',
      status: type === 'RESPONSE' ? info.statusCode : 0,
      reason: type === 'RESPONSE' ? info.statusMessage : '',
      headers,
      raw: Buffer.concat([...headSoFar, chunk.subarray(headFrom, parser.offset)]),
      upgrade: info.upgrade,
    }
    inHead = false
    headSoFar = []
    headBytes = 0
    silent = 0
    const answer = handlers.head(head)
    if (info.upgrade) {
      switched = true
      return 2 // to this parser: stop after the head
    }
    return answer === 'no body' ? 1 : undefined
  }

  parser[HTTPParser.kOnBody] = (piece, _from, length) => {
    // A chunk length of "-5" has the same effect as a content length below zero.
    if (length < 0) throw new Error('a chunk has a length below zero')
    silent = 0
    handlers.body(piece)
  }

  parser[HTTPParser.kOnMessageComplete] = () => {
    inHead = true
    headFrom = parser.offset
    handlers.message(before + parser.offset)
  }

  const hasSwitched = () => switched

  function readPiece(bytes: Buffer): number {
    chunk = bytes
    headFrom = 0
    silent += bytes.length
    if (inHead && headBytes === 0 && !looksLikeHttp(type, bytes)) throw new Error('no HTTP')
    parser.headerSize = 0 // it counts a body that ends in the same piece as part of the next head
    const read = parser.execute(bytes)
    if (typeof read !== 'number') throw read
    if (!switched && read !== bytes.length) throw new Error('no HTTP')
    before += read
    if (inHead && headFrom < read) {
      // A copy: a slice would keep the whole piece in memory.
      headSoFar.push(Buffer.from(bytes.subarray(headFrom, read)))
      headBytes += read - headFrom
    }
    chunk = bytes.subarray(0, 0)
    if (headBytes > longestHead) throw new Error('a head of more than 80 KB')
    if (silent > longestHead && !inHead) throw new Error('chunk lengths or trailers of more than 80 KB')
    return read
  }

  return {
    read(bytes) {
      switched = false
      let at = 0
      while (at < bytes.length && !hasSwitched()) at += readPiece(bytes.subarray(at, at + longestPiece))
      return at
    },
    end() {
      // Anything but a body that goes on until the end has been cut off, and stays unfinished.
      if (parser.state === 'BODY_RAW') parser.finish()
    },
    get headStart() {
      return headBytes > 0 ? before - headBytes : undefined
    },
  }
}

/** So that other protocols are told apart by their first byte, and need not send a line first. */
function looksLikeHttp(type: 'REQUEST' | 'RESPONSE', [first]: Buffer): boolean {
  if (first === 0x0d || first === 0x0a) return true // an empty line before a message is allowed (RFC 9112 §2.2)
  const letter = String.fromCharCode(first ?? 0)
  return type === 'REQUEST' ? /[A-Z]/.test(letter) : letter === 'H'
}

/** A header's value, the names compared without case; several are joined by commas (RFC 9110 §5.3). */
export function header({ headers }: Pick<Head, 'headers'>, name: string): string | undefined {
  const values = headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value)
  return values.length > 0 ? values.join(', ') : undefined
}

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

/** Collects the pieces of a body, at most so many bytes of it. */
export function collectBody(most: number) {
  const pieces: Buffer[] = []
  let length = 0
  let kept = 0
  return {
    add(piece: Buffer) {
      length += piece.length
      if (kept >= most) return
      const part = Buffer.from(piece.subarray(0, most - kept))
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

const unpackedMost = { maxOutputLength: 4 * 1024 * 1024 } // a few bytes of zip can hold gigabytes

function unpack(packed: Buffer, coding: string | undefined): Buffer | undefined {
  try {
    if (coding === 'gzip' || coding === 'x-gzip') return gunzipSync(packed, unpackedMost)
    if (coding === 'br') return brotliDecompressSync(packed, unpackedMost)
    if (coding !== 'deflate') return undefined
    // By the standard "deflate" has a zlib header; some servers leave it out (RFC 9110 §8.4.1.2).
    const hasHeader = (packed[0]! & 0x0f) === 8
    return hasHeader ? inflateSync(packed, unpackedMost) : inflateRawSync(packed, unpackedMost)
  } catch {
    return undefined // It stays packed: the page shows it as it came.
  }
}
