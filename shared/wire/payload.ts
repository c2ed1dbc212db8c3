/**
 * People's own text in what a message carries: all strings in it, however deep, in bytes of UTF-8, without quotes
 * and escapes, and all binary attachments. Not in it: event names, keys, numbers, brackets, everything that the
 * protocols put around. Who wrote a string cannot be seen on the wire, so a server's own "Connected" counts too.
 *
 * - Socket.IO: the arguments of events, the values of acknowledgements
 * - HTTP: the values of a JSON body or of a form
 * - other WebSocket messages: all of it
 *
 * @param value what JSON.parse returns
 * @returns bytes
 */
export function payloadOf(value: unknown): number {
  let bytes = 0
  const open: unknown[] = [value] // a list and not recursion: a client may nest as deep as it likes
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next === 'string') bytes += Buffer.byteLength(next)
    else if (Array.isArray(next)) for (const item of next) open.push(item)
    else if (isObject(next) && !Buffer.isBuffer(next)) for (const item of Object.values(next)) open.push(item)
  }
  return bytes
}

/** @returns undefined when it is no JSON */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined // It is shown as the text that it is.
  }
}

/** Also an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
