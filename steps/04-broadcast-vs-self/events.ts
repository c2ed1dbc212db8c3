// What crosses the wire, both directions.

export interface Said {
  data: string
}

export interface Line {
  data: string
  /** how much its sender has said since they connected */
  count: number
}

/** A guest says … */
export interface ClientEvents {
  send_to_self: (message: Said) => void
  send_to_all: (message: Said) => void
  send_to_others: (message: Said) => void
}

/** The server says … */
export interface ServerEvents {
  display_message: (line: Line) => void
  refused: (refusal: { error: string }) => void
}
