import { NotYet } from './not-yet.ts'
import { patienceMs } from './patience.ts'
import { show, type Transcript } from './transcript.ts'

/** An HTTP response, read to its end. */
export interface Reply {
  status: number
  /** `text/plain; charset=utf-8`, or empty */
  type: string
  text: string
  /** the body as JSON, or undefined when it is none */
  json: unknown
}

/** Somebody who asks the server over plain HTTP. */
export class Visitor {
  readonly name: string
  readonly #url: string
  readonly #transcript: Transcript

  /**
   * @param name how the transcript calls them
   * @param url the server's address
   * @param transcript where all that they ask and get is written down
   */
  constructor(name: string, url: string, transcript: Transcript) {
    this.name = name
    this.#url = url
    this.#transcript = transcript
  }

  /** @param path `/messages?after=3` */
  get(path: string): Promise<Reply> {
    return this.send('GET', path)
  }

  /** @param body sent as JSON */
  post(path: string, body: unknown): Promise<Reply> {
    return this.send('POST', path, JSON.stringify(body))
  }

  /**
   * Sends any request.
   *
   * @param body sent as it is, and called JSON
   * @throws NotYet when the server hangs up instead of answering
   */
  async send(method: string, path: string, body?: string): Promise<Reply> {
    const request =
      body === undefined ? { method } : { method, body, headers: { 'Content-Type': 'application/json' } }
    this.#transcript.said(this.name, method, path, cut(body ?? ''))
    const limits = { signal: AbortSignal.timeout(patienceMs) }
    const response = await fetch(new URL(path, this.#url), { ...request, ...limits }).catch(
      (error: Error) => {
        this.#transcript.silence(this.name, patienceMs)
        throw new NotYet({
          expected: `${method} ${path} is answered`,
          saw: `no answer (${error.cause instanceof Error ? error.cause.message : error.message})`,
          look: 'server.ts — does every app.use() that sends no answer call next()?',
        })
      },
    )
    const text = await response.text()
    this.#transcript.heard(this.name, String(response.status), cut(text))
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      text,
      json: parsed(text),
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // It is no JSON, and a check that wanted some says so.
  }
}

/** The text itself when it is short and on one line, else its beginning in quotes. */
function cut(text: string): string {
  return text.length <= 80 && !text.includes('\n') ? text : show(text)
}
