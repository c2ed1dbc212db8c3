import { HTTPParser } from 'http-parser-js'

interface HttpHandlers {
  /**
   * @returns `no body` when none follows although the head announces one: the answer to HEAD; `stop` when what follows
   *   this head is no HTTP
   */
  head(head: Head): 'no body' | 'stop' | undefined
  /** @param piece of the body, without chunk lengths, still compressed */
  body(piece: Buffer): void
  /**
   * The message is whole, or nothing more of it comes.
   *
   * @param start from where to where it reached: bytes of this direction since the reader began
   * @param isCut true when its body has not come to its end
   */
  message(start: number, end: number, isCut: boolean): void
}

type MessageType = 'REQUEST' | 'RESPONSE'

// Of the HTTP parsers in JavaScript this is the one that is kept and that programs may import: Node's own is
// private, and so is the WebAssembly build inside undici. MIT, 30 KB, no dependencies, any Node.
class Parser extends HTTPParser {
  // Fields of the parser that its types leave out.
  declare readonly offset: number
  declare readonly state: string
}
// Its own limit counts a body that ends in the same piece as part of the next head. Ours is below.
HTTPParser.maxHeaderSize = Infinity
HTTPParser.encoding = 'latin1' // a byte a character: its own, ASCII, takes the eighth bit off

const maxHeadBytes = 80 * 1024 // Node's own limit is 16 KB
const nothing = Buffer.alloc(0)

/** Reads the HTTP/1.1 messages of one direction, one after the other: kept-alive, pipelined, chunked. */
export class HttpReader {
  readonly #type: MessageType
  readonly #handlers: HttpHandlers
  readonly #parser: Parser
  #before = 0 // bytes of this direction that came in earlier pieces
  #messageStart = 0
  #piece: Buffer = nothing // that is being read
  #isInHead = true
  #headFrom = 0 // where in this piece the head begins
  #headSoFar: Buffer[] = [] // of earlier pieces
  #headBytes = 0
  #silentBytes = 0 // that came to nothing: a chunk length, or a trailer, that does not end
  #isStopped = false

  /** @param type `REQUEST` for what clients send, `RESPONSE` for what servers answer */
  constructor(type: MessageType, handlers: HttpHandlers) {
    this.#type = type
    this.#handlers = handlers
    this.#parser = new Parser(type)
    this.#parser[HTTPParser.kOnHeadersComplete] = (info) => this.#headCame(info)
    this.#parser[HTTPParser.kOnBody] = (piece, _from, length) => {
      // A chunk length of "-5" has the same effect as a content length below zero.
      if (length < 0) throw new Error('a chunk has a length below zero')
      this.#silentBytes = 0
      handlers.body(piece)
    }
    this.#parser[HTTPParser.kOnMessageComplete] = () => {
      const end = this.#before + this.#parser.offset
      this.#isInHead = true
      this.#headFrom = this.#parser.offset
      handlers.message(this.#messageStart, end, false)
      this.#messageStart = end
    }
  }

  /** Whether a head has begun and not ended. */
  get isInHead(): boolean {
    return this.#headBytes > 0
  }

  /**
   * @returns how many bytes it has read: all, or up to the end of a head with `stop`
   * @throws Error when this is no HTTP, or a head goes on for more than 80 KB
   */
  read(bytes: Buffer): number {
    this.#isStopped = false
    let at = 0
    while (at < bytes.length && !this.#isStopped) at += this.#readPiece(bytes.subarray(at))
    return at
  }

  /** How much of a message has come whose head is whole, and whose body is not. */
  get bytesOfMessage(): number {
    return this.#isInHead ? 0 : this.#before - this.#messageStart
  }

  /**
   * Nothing more comes. Of a head that is not whole nothing is told.
   *
   * @param isBroken false when the sender has ended in good order: a body without a length ends here too
   */
  end(isBroken: boolean) {
    if (this.#isInHead) return
    if (this.#parser.state === 'BODY_RAW' && !isBroken) {
      this.#before -= this.#parser.offset // where the last piece ended: that is counted already
      this.#parser.finish()
      return
    }
    this.#isInHead = true
    this.#handlers.message(this.#messageStart, this.#before, true)
  }

  #headCame(info: Parameters<Parser[typeof HTTPParser.kOnHeadersComplete]>[0]): number | undefined {
    const isRequest = this.#type === 'REQUEST'
    const head: Head = {
      method: isRequest ? (HTTPParser.methods[info.method] ?? '') : '',
      url: isRequest ? info.url : '',
      status: isRequest ? 0 : info.statusCode,
      reason: isRequest ? '' : info.statusMessage,
      headers: headersOf(info.headers),
      raw: Buffer.concat([...this.#headSoFar, this.#piece.subarray(this.#headFrom, this.#parser.offset)]),
      upgrade: info.upgrade,
    }
    this.#isInHead = false
    this.#headSoFar = []
    this.#headBytes = 0
    this.#silentBytes = 0
    const answer = this.#handlers.head(head)
    this.#isStopped = answer === 'stop'
    if (this.#isStopped) return 2 // to this parser: stop after the head
    return answer === 'no body' ? 1 : undefined
  }

  #readPiece(bytes: Buffer): number {
    if (this.#isInHead && this.#headBytes === 0 && !looksLikeHttp(this.#type, bytes))
      throw new Error('no HTTP')
    this.#piece = bytes
    this.#headFrom = 0
    this.#silentBytes += bytes.length
    // After a request for another protocol it stops before the end of the piece, whatever it is told.
    const read = this.#parser.execute(bytes)
    if (typeof read !== 'number') throw read
    this.#before += read
    if (this.#isInHead && this.#headFrom < read) {
      // A copy: a slice would keep the whole piece in memory.
      this.#headSoFar.push(Buffer.from(bytes.subarray(this.#headFrom, read)))
      this.#headBytes += read - this.#headFrom
    }
    this.#piece = nothing
    if (this.#headBytes > maxHeadBytes) throw new Error('a head of more than 80 KB')
    if (this.#silentBytes > maxHeadBytes && !this.#isInHead)
      throw new Error('chunk lengths or trailers of more than 80 KB')
    return read
  }
}

/** So that other protocols are told apart by their first byte, and need not send a line first. */
function looksLikeHttp(type: MessageType, [first]: Buffer): boolean {
  if (first === 0x0d || first === 0x0a) return true // an empty line before a message is allowed (RFC 9112 §2.2)
  const letter = String.fromCharCode(first ?? 0)
  return type === 'REQUEST' ? /[A-Z]/.test(letter) : letter === 'H'
}

/** The first part of an HTTP message (RFC 9112 §2.1), up to and with the empty line. */
export interface Head {
  /** `GET`; empty for an answer */
  readonly method: string
  /** as it stands in the request line, a byte a character: `/messages?after=3`; empty for an answer */
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

/** A header's value, the names compared without case; several are joined by commas (RFC 9110 §5.3). */
export function header({ headers }: Pick<Head, 'headers'>, name: string): string | undefined {
  const values = headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value)
  return values.length > 0 ? values.join(', ') : undefined
}

/**
 * @param list name, value, name, value, … as the parser hands them over
 * @throws Error when a content length is no number
 */
export function headersOf(list: readonly string[]): [name: string, value: string][] {
  const pairs = Array.from({ length: list.length / 2 }, (_, i): [string, string] => [
    list[2 * i]!,
    list[2 * i + 1]!,
  ])
  for (const [name, value] of pairs) {
    // The parser takes the sign of "-45" at its word, goes back 45 bytes, and never comes out of it again.
    if (name.toLowerCase() === 'content-length' && !/^\d{1,15}$/.test(value)) {
      throw new Error(`the content length ${JSON.stringify(value.slice(0, 40))} is no number`)
    }
  }
  return pairs
}
