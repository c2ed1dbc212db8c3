/** No code was given (RFC 6455 §7.4.1). */
export const noCode = 1005

/** What a close frame carries (RFC 6455 §5.5.1): a code, 1005 when there is none, and a reason. */
export function closeOf(data: Buffer): { code: number; reason: string } {
  if (data.length < 2) return { code: noCode, reason: '' }
  return { code: data.readUInt16BE(0), reason: data.toString('utf8', 2) }
}

// RFC 6455 §7.4.1 and the IANA registry that it opens.
const closeCodes: Record<number, string> = {
  1000: 'done',
  1001: 'going away',
  1002: 'broke the protocol',
  1003: 'cannot take this kind of data',
  1005: 'no reason given',
  1006: 'broke off',
  1007: 'text that is no text',
  1008: 'against the rules',
  1009: 'too big',
  1010: 'an extension is missing',
  1011: 'the server failed',
  1012: 'restarting',
  1013: 'try again later',
}

/** `1001` → `going away` */
export function describeCloseCode(code: number): string {
  return closeCodes[code] ?? (code >= 3000 ? "the program's own code" : 'unknown')
}
