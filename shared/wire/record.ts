/** Which way: `up` is from the client to the server, `down` the way back. */
export type Direction = 'up' | 'down'

/**
 * What carries the bytes. `polling` is an HTTP request with `transport=polling` in its address, and its answer;
 * `websocket` is a WebSocket connection, with the HTTP request and answer that open it; `http` is every other HTTP
 * message; `other` is all that the wire cannot read.
 */
export type Transport = 'http' | 'polling' | 'websocket' | 'other'

export const transports: readonly Transport[] = ['http', 'polling', 'websocket', 'other']

/** What a record is about: the protocol that it belongs to, and its kind there. */
export type Kind =
  | 'wire.opened'
  | 'wire.closed'
  | 'wire.reset'
  | 'wire.refused'
  | 'wire.unreachable'
  | 'wire.fault'
  | 'wire.gaveUp'
  | 'wire.sixPolls'
  | 'http.request'
  | 'http.response'
  | 'http.upgrade'
  | 'http.stream'
  | 'websocket.text'
  | 'websocket.binary'
  | 'websocket.compressed'
  | 'websocket.ping'
  | 'websocket.pong'
  | 'websocket.close'
  | 'engine.open'
  | 'engine.close'
  | 'engine.ping'
  | 'engine.pong'
  | 'engine.message'
  | 'engine.upgrade'
  | 'engine.noop'
  | 'engine.unknown'
  | 'socket.connect'
  | 'socket.disconnect'
  | 'socket.event'
  | 'socket.acknowledgement'
  | 'socket.connectError'
  | 'socket.attachment'

/** One line of the ladder: a message, a packet inside a message, or something that happened to a connection. */
export interface WireRecord {
  /** 1 for the first record of this wire, then 2, 3, … without gaps */
  readonly id: number
  /** when it was handed on whole, ms since 1970, with a fraction */
  readonly at: number
  /** the TCP connection's number, 1 for the first; 0 when it is about all of them */
  readonly connection: number
  /** `none` for a remark of the wire's own */
  readonly direction: Direction | 'none'
  readonly transport: Transport
  readonly kind: Kind
  /**
   * its size on the wire: an HTTP message with head and chunk lengths, a WebSocket message with all its frame
   * headers, a packet inside a polling body without its neighbours and separators
   */
  readonly bytes: number
  /** people's own text in it, in bytes: see {@link payloadOf} in payload.ts */
  readonly payload: number
  /** in plain words: `new message “hi”` */
  readonly meaning: string
  /** an HTTP head, or the headers of the WebSocket frames, as they were on the wire */
  readonly head: Buffer
  /** what came after the head: unmasked, put together from its fragments or chunks, decompressed where it could be */
  readonly body: Buffer
  /** true when `head` or `body` is only the beginning */
  readonly shortened: boolean
  /** for an HTTP message, and all that it carries: the number that a request and its answer share */
  readonly exchange?: number
  /** for a packet in a polling body: the id of the HTTP message that carried it */
  readonly within?: number
}

/** True for what keeps a quiet connection alive, and says nothing else. */
export function isHeartbeat({ kind, body }: Pick<WireRecord, 'kind' | 'body'>): boolean {
  if (kind === 'websocket.ping' || kind === 'websocket.pong') return true
  return (kind === 'engine.ping' || kind === 'engine.pong') && body.length === 1 // "2probe" is the upgrade's
}
