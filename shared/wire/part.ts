/** A part of a message, and what it is there for. The texts of all parts, one after the other, are the message. */
export interface Part {
  /** as it was on the wire; bytes that are no text stand as hex: `81 85` */
  readonly text: string
  readonly meaning: string
}

/** A text for one part, at most 2,000 characters of it. */
export function shortened(text: string): string {
  return text.slice(0, 2_000)
}

/** `81 85`; at most 512 bytes of it */
export function hex(bytes: Buffer): string {
  return bytes
    .subarray(0, 512)
    .toString('hex')
    .replace(/..(?=.)/g, '$& ')
}
