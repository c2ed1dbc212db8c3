import { EventEmitter, once } from 'node:events'
import { isError } from '../run/run.ts'

/** What happened during one task, line by line, in the order in which the check saw it. */
export class Transcript {
  readonly lines: string[] = []
  readonly #server = new EventEmitter<{ line: [] }>()
  #isOver = false

  /** `ann → "new message" "hello"` */
  said(who: string, ...words: string[]): void {
    this.#add(`${who} → ${words.join(' ')}`)
  }

  /** `ben ← "new message" {"username":"ann","message":"hello"}` */
  heard(who: string, ...words: string[]): void {
    this.#add(`${who} ← ${words.join(' ')}`)
  }

  /** `ben … nothing for 2000 ms` */
  silence(who: string, forMs: number): void {
    this.#add(`${who} … nothing for ${forMs} ms`)
  }

  /** A line that the learner's server printed. */
  server(line: string): void {
    this.#add(`${serverMark} ${line}`)
    this.#server.emit('line')
  }

  /**
   * Waits until the server has printed an error: Express does so after it has answered 500.
   *
   * @param since how many lines there were before the request
   * @param timeoutMs a server that prints nothing is waited for that long
   */
  async serverError(since: number, timeoutMs: number): Promise<void> {
    if (!this.lines.some(isFromServer)) return // One that runs elsewhere prints nothing here.
    const signal = AbortSignal.timeout(timeoutMs)
    while (!signal.aborted && !serverLines(this.lines.slice(since)).some(isError)) {
      await once(this.#server, 'line', { signal }).catch(() => {})
    }
  }

  /** The task is over: what guests and programs say while they are sent home is not part of it. */
  end(): void {
    this.#isOver = true
  }

  #add(line: string): void {
    if (!this.#isOver) this.lines.push(written(line))
  }

  /** An error in somebody's page, or whatever else a reader wants to know. */
  note(who: string, text: string): void {
    this.#add(`${who} ! ${text}`)
  }
}

/** What the learner's server printed begins with this. */
const serverMark = '[your server]'

/** True for a line of a transcript that the learner's server printed. */
export function isFromServer(line: string): boolean {
  return line.startsWith(serverMark)
}

/** What the learner's server printed, as it printed it. */
export function serverLines(transcript: readonly string[]): string[] {
  return transcript.filter(isFromServer).map((line) => line.slice(serverMark.length + 1))
}

/**
 * A value as it stands in a transcript: JSON, cut after 80 characters.
 *
 * @param value anything; a function is shown as `(acknowledgement)`
 */
export function show(value: unknown): string {
  if (typeof value === 'function') return '(acknowledgement)'
  const text = written(JSON.stringify(value) ?? String(value))
  return text.length <= 80 ? text : `${text.slice(0, 60)}… (${text.length} characters)`
}

/** With what a terminal obeys or turns round, and nobody sees, written out as `\u202e`; JSON does so for the others. */
function written(text: string): string {
  return text.replaceAll(
    /[\u0080-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
