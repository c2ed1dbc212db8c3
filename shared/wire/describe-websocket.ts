import { closeOf, describeCloseCode } from './close-codes.ts'
import { formatBytes, formatValue, printable } from './format.ts'
import type { Direction } from './record.ts'
import type { Session } from './session.ts'
import { describePacket, type Meaning } from './socketio.ts'
import type { WebSocketMessage } from './websocket.ts'

/** @param session when the messages are packets of Engine.IO: the one that they belong to */
export function describeWebSocketMessage(
  message: WebSocketMessage,
  session: Session | undefined,
  direction: Direction,
): Meaning {
  const { type, data, fragments, compressed, shortened } = message
  if (type === 'close') return { kind: 'websocket.close', payload: 0, meaning: describeClose(data) }
  if (type === 'ping' || type === 'pong') {
    const more = data.length > 0 ? ` · ${printable(data.toString())}` : ''
    return { kind: `websocket.${type}`, payload: 0, meaning: `WebSocket ${type}${more}` }
  }
  const inFragments = fragments > 1 ? ` · in ${fragments} fragments` : ''
  if (compressed) {
    const meaning = `compressed · ${formatBytes(data.length)} by permessage-deflate${inFragments}`
    return { kind: 'websocket.compressed', payload: 0, meaning }
  }
  if (shortened) {
    const meaning = `${type} · ${formatBytes(message.bytes)}, too long to be read here${inFragments}`
    return { kind: `websocket.${type}`, payload: 0, meaning }
  }
  if (session) {
    const { kind, payload, meaning } = describePacket(
      type === 'text' ? data.toString() : data,
      session,
      direction,
    )
    return { kind, payload, meaning: meaning + inFragments }
  }
  const content = type === 'text' ? formatValue(data.toString()) : formatBytes(data.length)
  return { kind: `websocket.${type}`, payload: data.length, meaning: `${type} · ${content}${inFragments}` }
}

function describeClose(data: Buffer): string {
  const { code, reason } = closeOf(data)
  const what = `WebSocket close · ${code} ${describeCloseCode(code)}`
  return reason ? `${what} · ${printable(reason)}` : what
}
