// What crosses the wire, both directions.

/** A guest says … */
export interface ClientEvents {
  'connect-ack': (greeting: { messages: string }) => void
  echo: (text: string) => void
}

/** The server says … */
export interface ServerEvents {
  echo: (text: string) => void
  refused: (refusal: { error: string }) => void
}
