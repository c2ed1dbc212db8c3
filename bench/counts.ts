import type { Totals } from '#shared/wire/open-wire'

/** What crossed the wire in one part of a measurement. */
export interface Counts {
  /** TCP connections opened */
  connections: number
  requests: number
  /** TCP payload, from the guests to the server */
  bytesUp: number
  bytesDown: number
  /** of these, what people wrote and who they are: strings in the messages, without quotes (payloadOf in shared/wire) */
  payload: number
  /** HTTP messages and WebSocket frames, both ways: each goes into a packet and a TLS record of its own, or several */
  messages: number
}

/** IPv4 header 20, TCP header 20 with its timestamps 12 (RFC 791, RFC 9293, RFC 7323); a packet without bytes left out. */
export const packetHeaderBytes = 52

/** What fits into a packet of 1,500 bytes: TCP's maximum segment size. */
export const maxSegmentBytes = 1_448

/** TLS 1.3 with AES-GCM: record header 5, content type 1, tag 16 (RFC 8446 §5.2). */
export const tlsRecordBytes = 22

/** From one moment of a wire to a later one. */
export function between(before: Totals, after: Totals): Counts {
  const add = (field: 'connections' | 'requests' | 'bytesUp' | 'bytesDown' | 'payloadUp' | 'payloadDown') =>
    after.all[field] - before.all[field]
  return {
    connections: add('connections'),
    requests: add('requests'),
    bytesUp: add('bytesUp'),
    bytesDown: add('bytesDown'),
    payload: add('payloadUp') + add('payloadDown'),
    messages: messagesIn(after) - messagesIn(before),
  }
}

/** On a WebSocket each packet of Socket.IO is a frame of its own; over HTTP several may share a message. */
function messagesIn({ http, polling, websocket }: Totals): number {
  const overHttp = ['http.request', 'http.response', 'http.stream'] as const
  const inHttp = overHttp.flatMap((kind) => [http.packets[kind] ?? 0, polling.packets[kind] ?? 0])
  const inFrames = Object.entries(websocket.packets).map(([kind, count]) =>
    kind.startsWith('wire.') ? 0 : count,
  )
  return [...inHttp, ...inFrames].reduce((sum, count) => sum + count, 0)
}

/** Bytes as each layer sees them: TCP payload is counted, the other two are computed from it. */
export function layers({ bytesUp, bytesDown, messages }: Counts): {
  payload: number
  withHeaders: number
  underTls: number
} {
  const payload = bytesUp + bytesDown
  const packets = Math.max(messages, Math.ceil(payload / maxSegmentBytes))
  return {
    payload,
    withHeaders: payload + packets * packetHeaderBytes,
    underTls: payload + packets * tlsRecordBytes,
  }
}
