import { explainClose, explainFrames } from './explain-frames.ts'
import { explainHead } from './explain-http.ts'
import { explainPacket } from './explain-packet.ts'
import { formatBytes } from './format.ts'
import { hex, type Part, shortened } from './part.ts'
import type { WireRecord } from './record.ts'

type Message = Pick<WireRecord, 'kind' | 'head' | 'body' | 'transport' | 'shortened'>

/**
 * Takes a record's bytes apart and says what each part is there for.
 *
 * @returns the parts in the order of the wire; none for the wire's own remarks
 */
export function explain(record: Message): Part[] {
  const { kind, head, body } = record
  if (kind === 'http.request' || kind === 'http.response' || kind === 'http.upgrade') {
    return [...explainHead(head.toString('latin1')), ...explainBody(record)]
  }
  if (kind === 'http.stream') return explainBody(record)
  if (kind.startsWith('wire.')) return []
  const frame = explainFrames(head)
  if (kind === 'websocket.close') return [...frame, ...explainClose(body)]
  if (kind === 'websocket.compressed')
    return [...frame, { text: hex(body), meaning: 'compressed by permessage-deflate' }]
  if (kind.startsWith('websocket.') || record.shortened) return [...frame, ...explainBody(record)]
  if (kind === 'socket.attachment' && head.length > 0) {
    return [...frame, { text: hex(body), meaning: `the attachment: ${formatBytes(body.length)}` }]
  }
  return [...frame, ...explainPacket(body.toString())]
}

function explainBody({ kind, body, head, shortened: isShortened }: Message): Part[] {
  if (body.length === 0) return []
  const text = body.toString()
  const isText = kind !== 'websocket.binary' && !text.includes('�')
  const coding = /^content-encoding: *(\S+)/im.exec(head.toString('latin1'))?.[1]
  const what =
    coding && isText ? `the body, here unpacked; on the wire it is compressed by ${coding}` : 'the body'
  const meaning = isShortened ? `${what}: only its beginning is kept` : what
  return [{ text: isText ? shortened(text) : hex(body), meaning }]
}
