import type { SentMessage } from './guests/trial-commands.ts'
import { browserHeaders, type PageRequest, requestBytes } from './browser-headers.ts'

/** What a run of lockstep has to come to: nothing in it is measured. */
export interface Prediction {
  requests: number
  bytesUp: number
  bytesDown: number
}

/** A WebSocket frame (RFC 6455 §5.2); what a guest sends is masked, which takes four bytes more. */
export function frameBytes(text: string, isMasked: boolean): number {
  const length = Buffer.byteLength(text)
  return 2 + extendedLengthBytes(length) + (isMasked ? 4 : 0) + length
}

function extendedLengthBytes(length: number): number {
  if (length < 126) return 0
  return length < 65_536 ? 2 : 8
}

// Socket.IO's packets: 4 is Engine.IO's "message", 2 an event, 3 an acknowledgement, then its number, then JSON.
const sentPacket = ({ text, acknowledgement }: SentMessage) =>
  `42${acknowledgement || ''}${JSON.stringify(['new message', text])}`
const heardPacket = ({ speaker, text }: SentMessage) =>
  `42${JSON.stringify(['new message', { username: speaker, message: text }])}`
const acceptedPacket = ({ acknowledgement }: SentMessage) => `43${acknowledgement}[{"ok":true}]`

/**
 * One frame up, one down for each other guest, one down that says yes to the speaker; no request at all.
 *
 * @param guests all who are in the room, the speaker too
 */
export function overWebSocket(sent: SentMessage[], guests: number): Prediction {
  const sum = { requests: 0, bytesUp: 0, bytesDown: 0 }
  for (const message of sent) {
    sum.bytesUp += frameBytes(sentPacket(message), true)
    sum.bytesDown += (guests - 1) * frameBytes(heardPacket(message), false)
    if (message.acknowledgement) sum.bytesDown += frameBytes(acceptedPacket(message), false)
  }
  return sum
}

/**
 * One POST by the speaker, and one GET for each guest: a poll is answered by the message, and the guest asks again. The
 * speaker's poll brings the acknowledgement.
 *
 * @param origin the server's address as guests use it
 */
export function overLongPolling(sent: SentMessage[], guests: number, origin: string): Prediction {
  const address = `/socket.io/?EIO=4&transport=polling&t=12345678&sid=${'s'.repeat(20)}`
  const bytesOf = (request: Omit<PageRequest, 'origin' | 'path'>) => {
    const page = { ...request, path: address, origin }
    return requestBytes(page, browserHeaders(page))
  }
  const sum = { requests: 0, bytesUp: 0, bytesDown: 0 }
  for (const message of sent) {
    const body = sentPacket(message)
    const contentType = 'text/plain;charset=UTF-8'
    const polls = guests - (message.acknowledgement ? 0 : 1)
    sum.requests += 1 + polls
    sum.bytesUp += bytesOf({ method: 'POST', body, contentType }) + polls * bytesOf({ method: 'GET' })
    sum.bytesDown += answerBytes('ok', 'text/html')
    sum.bytesDown += (guests - 1) * answerBytes(heardPacket(message), 'text/plain; charset=UTF-8')
    if (message.acknowledgement) {
      sum.bytesDown += answerBytes(acceptedPacket(message), 'text/plain; charset=UTF-8')
    }
  }
  return sum
}

/** Engine.IO's answer under Node's own HTTP server. */
function answerBytes(body: string, contentType: string): number {
  const length = Buffer.byteLength(body)
  const head = [
    'HTTP/1.1 200 OK',
    `Content-Type: ${contentType}`,
    `Content-Length: ${length}`,
    'cache-control: no-store',
    'Date: Sat, 21 Nov 2026 12:00:00 GMT',
    'Connection: keep-alive',
    'Keep-Alive: timeout=5',
  ]
  return Buffer.byteLength(`${head.join('\r\n')}\r\n\r\n`) + length
}

/**
 * Guests ask by the clock, whether there is news or not.
 *
 * @param messages said in this time; each is a POST
 */
export function requestsOfPlainPolling(
  messages: number,
  guests: number,
  seconds: number,
  intervalMs: number,
): number {
  return messages + (guests * seconds * 1_000) / intervalMs
}

/** The least that a message can take on a WebSocket, a delivery: 4 + its text down to each, 6 + its text up once. */
export function floorBytes(textBytes: number, guests: number): number {
  return 2 + textBytes + (6 + textBytes) / guests
}

/** A ping of 25 seconds on a WebSocket: "2" down, "3" up, each in a frame. */
export const idleBytesAMinute = (60 / 25) * (frameBytes('2', false) + frameBytes('3', true))
