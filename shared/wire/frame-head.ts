// The header of a WebSocket frame (RFC 6455 §5.2): an opcode, a length of one, three or nine bytes, perhaps a mask of four.

/** @param head the header, or at least its first two bytes */
export function isMasked(head: Buffer): boolean {
  return (head[1]! & 0x80) !== 0
}

/** Where the length ends, and the mask or the payload begins: 2, 4 or 10 bytes after the beginning. */
export function lengthEnd(head: Buffer): number {
  const short = head[1]! & 0x7f
  if (short === 127) return 10
  return short === 126 ? 4 : 2
}

/** The length of the header itself, in bytes. */
export function headLength(head: Buffer): number {
  return lengthEnd(head) + (isMasked(head) ? 4 : 0)
}

/** How many bytes follow the header. @param head the whole header */
export function payloadLength(head: Buffer): number {
  const short = head[1]! & 0x7f
  if (short === 127) return Number(head.readBigUInt64BE(2))
  return short === 126 ? head.readUInt16BE(2) : short
}
