const maxLength = 160 // characters of a client's text in one line of the ladder

/**
 * A text for one line: shortened, and without the control characters with which a client could rewrite a terminal.
 */
export function printable(text: string): string {
  const short =
    text.length > maxLength ? `${text.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '')}…` : text
  // oxlint-disable-next-line no-control-regex
  return short.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]/g, (character) => {
    const code = character.charCodeAt(0)
    if (character === '\n') return '⏎'
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '�'
  })
}

/**
 * @param isCut true when the bytes are only a beginning, which may end in the middle of a character
 * @returns undefined when they are no text in UTF-8
 */
export function decodeText(bytes: Buffer, isCut: boolean): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: isCut })
  } catch {
    return undefined
  }
}

/** What a client or a server has sent, in one line: `hi`, `username: ann, message: hi`, `[1,2]`. */
export function formatValue(value: unknown): string {
  if (typeof value === 'string') return printable(value) || '""'
  if (Buffer.isBuffer(value)) return '(attachment)'
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return printable(json(value))
  const pairs = Object.entries(value).slice(0, 20)
  return printable(
    pairs.map(([key, one]) => `${key}: ${typeof one === 'string' ? one : json(one)}`).join(', ') || '{}',
  )
}

const sayings = ['message', 'text', 'error'] // keys under which programs keep what somebody says

/**
 * The values of an event or an answer, what somebody says before all else.
 *
 * @returns what is said, in quotes, `“hi”`, or nothing; and the others, each as {@link formatValue} writes it
 */
export function formatSaid(values: readonly unknown[]): [said: string, others: string[]] {
  const said: string[] = []
  const others: unknown[] = []
  for (const value of values) {
    const key = isPlain(value) && sayings.find((one) => typeof value[one] === 'string')
    if (typeof value === 'string') said.push(value)
    else if (!key) others.push(value)
    else {
      const { [key]: saying, ...rest } = value
      said.push(String(saying))
      if (Object.keys(rest).length > 0) others.push(rest)
    }
  }
  return [said.map((text) => `“${printable(text)}”`).join(', '), others.map(formatValue)]
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value)
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value, withoutAttachments) ?? 'nothing'
  } catch {
    return 'too deep to show' // JSON.parse reads what is nested deeper than JSON.stringify can write.
  }
}

/** JSON.stringify hands over a Buffer in the form `{"type":"Buffer","data":[…]}`. */
function withoutAttachments(_key: string, value: unknown): unknown {
  const isBuffer = typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer'
  return isBuffer ? '(attachment)' : value
}

/** `1 byte`, `1,234 bytes` */
export function formatBytes(bytes: number): string {
  return formatCount(bytes, 'byte')
}

/** `1 packet`, `3 packets` */
export function formatCount(count: number, one: string): string {
  return `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`
}
