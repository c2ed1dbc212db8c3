import { formatBytes } from './format.ts'
import { headLength, isMasked, lengthEnd, payloadLength } from './frame-head.ts'
import { hex, type Part } from './part.ts'

const opcodes: Record<number, string> = {
  0: 'goes on with the message before',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping: answer me',
  10: 'pong: the answer to a ping',
}

/**
 * @param heads the headers of a message's frames, one after the other (RFC 6455 §5.2)
 * @returns the parts of each
 */
export function explainFrames(heads: Buffer): Part[] {
  const parts: Part[] = []
  for (let rest = heads; rest.length >= 2; rest = rest.subarray(headLength(rest))) {
    const first = rest[0]!
    const opcode = opcodes[first & 0x0f] ?? 'unknown'
    const compressed = first & 0x40 ? ', compressed' : ''
    const isLast = first & 0x80 ? 'the last frame of its message' : 'more frames of this message follow'
    parts.push({
      text: hex(rest.subarray(0, 1)),
      meaning: `WebSocket frame: ${opcode}${compressed}; ${isLast}`,
    })
    const masked = isMasked(rest) ? 'masked, as all that guests send; ' : ''
    parts.push({
      text: hex(rest.subarray(1, lengthEnd(rest))),
      meaning: `${masked}${formatBytes(payloadLength(rest))} follow`,
    })
    if (!masked) continue
    parts.push({
      text: hex(rest.subarray(lengthEnd(rest), headLength(rest))),
      meaning: 'the mask: on the wire each byte after it is mixed with one of these; below it is undone',
    })
  }
  return parts
}

/** What a close frame carries (RFC 6455 §5.5.1). */
export function explainClose(body: Buffer): Part[] {
  if (body.length < 2) return []
  const code: Part = {
    text: hex(body.subarray(0, 2)),
    meaning: `the reason as a number: ${body.readUInt16BE(0)}`,
  }
  const reason = body.toString('utf8', 2)
  return reason ? [code, { text: reason, meaning: 'the reason in words' }] : [code]
}
