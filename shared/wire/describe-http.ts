import type { Exchange } from './exchange.ts'
import { formatBytes, formatCount, printable } from './format.ts'
import type { Body } from './http-body.ts'
import { type Head, header } from './http-head.ts'
import type { Transport } from './record.ts'

/**
 * `POST /messages · 18 bytes · {"text":"hi"}`, `GET /socket.io/ · polling · is there news?`
 *
 * @param packets how many packets are in its body, when they can be read
 */
export function describeRequest(
  head: Head,
  body: Body,
  { transport, isPoll }: Exchange,
  packets?: number,
): string {
  const { method, url } = head
  const begin = `${method} ${printable(transport === 'http' ? url : (url.split('?')[0] ?? url))}`
  if (transport === 'websocket') return `${begin} · asks to go on as WebSocket`
  if (isPoll) return `${begin} · polling · ${/[?&]sid=/.test(url) ? 'is there news?' : 'opens a session'}`
  if (transport === 'polling') {
    return packets === undefined
      ? `${begin} · polling`
      : `${begin} · polling · ${formatCount(packets, 'packet')}`
  }
  return [begin, ...describeBody(head, body)].join(' · ')
}

/**
 * `200 OK · 2 bytes · []`
 *
 * @param packets how many packets are in its body, when it is a list of them
 */
export function describeAnswer(head: Head, body: Body, transport: Transport, packets?: number): string {
  const status = describeStatus(head)
  const size = formatBytes(body.length)
  if (head.status === 101) return `${status} · from here on it is WebSocket`
  if (packets !== undefined) return `${status} · ${size} · ${formatCount(packets, 'packet')}`
  // Engine.IO answers a POST with "ok", and a fault with JSON; it calls the former text/html.
  if (transport === 'polling') return `${status} · ${size} · ${printable(body.bytes.toString())}`
  return [status, ...describeBody(head, body)].join(' · ')
}

/** `200 OK` */
export function describeStatus({ status, reason }: Head): string {
  return reason ? `${status} ${printable(reason)}` : String(status)
}

/** Its size, and a short body word for word, of a longer one what it is. */
function describeBody(head: Head, { bytes, shortened, length, unpacked }: Body): string[] {
  if (length === 0) return []
  const size = formatBytes(length)
  const type = header(head, 'content-type')?.split(';')[0]
  const coding = header(head, 'content-encoding')
  const isText = /json|text\/plain|x-www-form-urlencoded/.test(type ?? '')
  if (isText && (shortened || unpacked || !coding)) return [size, printable(bytes.toString())]
  return [size, type && printable(type), coding && `compressed by ${printable(coding)}`].filter(
    (part) => part !== undefined,
  )
}
