import { type Body, collectBody } from './http-message.ts'

const maxBytes = 16 * 1024 // of one event that are kept
// An event ends with an empty line, and a line with \r\n, \n or \r (HTML, "Server-sent events"). A \r that comes last may
// be the first half of \r\n.
const lineEnd = String.raw`(?:\r\n|\n|\r(?!\n|$))`
const eventEnd = new RegExp(String.raw`[^\r\n]${lineEnd}{2}`, 'g')
const longestEnd = 5

export type EventCollector = ReturnType<typeof collectEvents>

/** Puts the events of a stream together, however chunks and TCP have cut them up. */
export function collectEvents(tell: (event: Body) => void) {
  let event = collectBody(maxBytes)
  let isEmpty = true
  let last = '' // of what has come of this event

  function add(piece: Buffer) {
    event.add(piece)
    if (/[^\r\n]/.test(piece.toString('latin1'))) isEmpty = false
  }

  function end() {
    if (!isEmpty) tell(event.take({ headers: [] }, false))
    event = collectBody(maxBytes)
    isEmpty = true
  }

  return {
    add(piece: Buffer) {
      const text = last + piece.toString('latin1')
      const before = last.length
      let from = 0 // in the text: where this event begins, or what has come of it last
      for (const { 0: found, index } of text.matchAll(eventEnd)) {
        const to = index + found.length
        add(piece.subarray(Math.max(0, from - before), to - before))
        end()
        from = to
      }
      add(piece.subarray(Math.max(0, from - before)))
      last = text.slice(from).slice(1 - longestEnd)
    },
    /** Nothing more comes: what has come of the last event is told. */
    end,
  }
}
