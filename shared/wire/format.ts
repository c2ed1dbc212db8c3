const longest = 160 // characters of a guest's text in one line of the ladder

/**
 * A text for one line: shortened, and without the control characters with which a guest could rewrite a terminal.
 */
export function plain(text: string, most = longest): string {
  const short = text.length > most ? `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…` : text
  // oxlint-disable-next-line no-control-regex
  return short.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]/g, (character) => {
    const code = character.charCodeAt(0)
    if (character === '\n') return '⏎'
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '�'
  })
}

/** What a guest or a server has sent, in plain words: `hi`, `username: ann, message: hi`, `[1,2]`. */
export function inWords(value: unknown): string {
  if (typeof value === 'string') return plain(value) || '""'
  if (Buffer.isBuffer(value)) return '(attachment)'
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return plain(json(value))
  const pairs = Object.entries(value).slice(0, 20)
  return plain(
    pairs.map(([key, one]) => `${key}: ${typeof one === 'string' ? one : json(one)}`).join(', ') || '{}',
  )
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value, attachmentsInWords) ?? 'nothing'
  } catch {
    return 'too deep to show' // JSON.parse reads what is nested deeper than JSON.stringify can write.
  }
}

/** JSON.stringify hands over a Buffer in the form `{"type":"Buffer","data":[…]}`. */
function attachmentsInWords(_key: string, value: unknown): unknown {
  const isBuffer = typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer'
  return isBuffer ? '(attachment)' : value
}

/** `1 byte`, `1,234 bytes` */
export function bytesInWords(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes.toLocaleString('en-US')} bytes`
}

/** `1 packet`, `3 packets` */
export function countInWords(count: number, one: string): string {
  return `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`
}
