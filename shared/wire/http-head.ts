/** The first part of an HTTP message (RFC 9112 §2.1), up to and with the empty line. */
export interface Head {
  /** `GET`; empty for an answer */
  readonly method: string
  /** as it stands in the request line: `/messages?after=3`; empty for an answer */
  readonly url: string
  /** 200; 0 for a request */
  readonly status: number
  readonly reason: string
  /** in their order, names as they were written */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** the bytes themselves */
  readonly raw: Buffer
  /** a request that asks for another protocol, or the answer 101 that grants it */
  readonly upgrade: boolean
}

/** A header's value, the names compared without case; several are joined by commas (RFC 9110 §5.3). */
export function header({ headers }: Pick<Head, 'headers'>, name: string): string | undefined {
  const values = headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value)
  return values.length > 0 ? values.join(', ') : undefined
}

/**
 * @param list name, value, name, value, … as the parser hands them over
 * @throws Error when a content length is no number
 */
export function headersOf(list: readonly string[]): [name: string, value: string][] {
  const pairs = Array.from({ length: list.length / 2 }, (_, i): [string, string] => [
    list[2 * i]!,
    list[2 * i + 1]!,
  ])
  for (const [name, value] of pairs) {
    // The parser takes the sign of "-45" at its word, goes back 45 bytes, and never comes out of it again.
    if (name.toLowerCase() === 'content-length' && !/^\d{1,15}$/.test(value)) {
      throw new Error(`the content length ${JSON.stringify(value.slice(0, 40))} is no number`)
    }
  }
  return pairs
}
