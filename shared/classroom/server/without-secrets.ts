/** What is done with what may hold a secret, before somebody gets to see it. */
export interface Discretion {
  header(name: string, value: string): string
  /** a field of a form, or of an address */
  field(name: string, value: string): string
  /** @param text a body, or a WebSocket message */
  text(text: string, mimeType?: string): string
}

export const asItIs: Discretion = {
  header: (_name, value) => value,
  field: (_name, value) => value,
  text: (text) => text,
}

const leftOut = '(left out)'
const secretHeaders = ['cookie', 'set-cookie', 'authorization', 'proxy-authorization']
const secretName = /passw|passphrase|passcode|pwd|secret|token/i

/** A word stands in place of cookies, of what logs in, and of each field that is called a password or the like. */
export const withoutSecrets: Discretion = {
  header: (name, value) => (secretHeaders.includes(name.toLowerCase()) ? leftOut : value),
  field: (name, value) => (secretName.test(name) ? leftOut : value),
  text(text, mimeType = '') {
    if (mimeType.includes('x-www-form-urlencoded')) return formWithoutSecrets(text)
    if (!secretName.test(text)) return text
    if (mimeType.includes('multipart/')) return leftOut
    // In a body of long-polling a character stands between the packets of Socket.IO.
    return text.split('\x1e').map(jsonWithoutSecrets).join('\x1e')
  },
}

/** Field by field, so that what is no secret stays as it was written. */
function formWithoutSecrets(text: string): string {
  const fields = text.split('&').map((field) => {
    const [[name = ''] = []] = new URLSearchParams(field)
    return secretName.test(name) ? `${field.split('=')[0]}=${encodeURIComponent(leftOut)}` : field
  })
  return fields.join('&')
}

/**
 * JSON, or a packet of Socket.IO: JSON with numbers before it. Any other text stays: a page may have a field for a
 * password, and a script may speak of tokens.
 */
function jsonWithoutSecrets(text: string): string {
  const [, numbers = '', json] = /^([\d-]*(?:\/[^,]*,)?\d*\s*)([[{][^]*)$/.exec(text) ?? []
  if (json === undefined || !secretName.test(json)) return text
  let found = false
  try {
    const rest = JSON.stringify(JSON.parse(json), (name: string, value: unknown) => {
      if (!secretName.test(name)) return value
      found = true
      return leftOut
    })
    return found ? numbers + rest : text
  } catch {
    return numbers + leftOut // Cut off, or nested too deep: which of it is the secret cannot be told.
  }
}
