import { NotYet, type Finding } from './not-yet.ts'
import { inTime, timeoutMs } from './patience.ts'
import { show, type Transcript } from './transcript.ts'

/** An HTTP response, read to its end. */
export interface Reply {
  status: number
  /** `text/plain; charset=utf-8`, or empty */
  type: string
  text: string
  /** the body as JSON, or undefined when it is none */
  json: unknown
  /** where a redirect leads, or empty */
  location: string
  /** each Set-Cookie header, whole */
  cookies: string[]
}

const errorMs = 1_000 // for the error behind a 500, which a server prints at once

/** Somebody who asks the server over plain HTTP, keeps the cookies that they get, and goes where they are sent by hand alone. */
export class Visitor {
  readonly name: string
  readonly url: string
  readonly #transcript: Transcript
  readonly #cookies = new Map<string, string>()

  /**
   * @param name how the transcript calls them
   * @param url the server's address
   * @param transcript where all that they ask and get is written down
   */
  constructor(name: string, url: string, transcript: Transcript) {
    this.name = name
    this.url = url
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

  /** The cookies that they have, as they stand in a request's header. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /**
   * Sends a form, as a browser does without any script.
   *
   * @param headers more of them, `{ origin: 'http://elsewhere.example' }`
   * @param lateMs how long a right program lets it wait
   */
  submit(
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
    lateMs = 0,
  ): Promise<Reply> {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.send('POST', path, String(new URLSearchParams(fields)), { ...form, ...headers }, lateMs)
  }

  /**
   * Sends any request.
   *
   * @param body sent as it is, and called JSON when no header says what it is
   * @param lateMs how long a right program lets it wait
   * @throws NotYet when the server hangs up instead of answering, or never ends its answer
   */
  async send(
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
    lateMs = 0,
  ): Promise<Reply> {
    const since = this.#transcript.lines.length
    this.#transcript.said(this.name, method, path, cut(body ?? ''))
    const request: RequestInit = {
      method,
      body,
      redirect: 'manual',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.cookie && { cookie: this.cookie }),
        ...headers,
      },
    }
    let status = 0 // none yet
    const { response, text } = await inTime(async (signal) => {
      const beginning = await fetch(new URL(path, this.url), { ...request, signal })
      status = beginning.status
      return { response: beginning, text: await beginning.text() }
    }, lateMs).catch((error: Error) => {
      const isLate = error.name === 'AbortError'
      if (isLate) this.#transcript.silence(this.name, timeoutMs + lateMs)
      const { message } = error.cause instanceof Error ? error.cause : error
      throw new NotYet(unanswered(`${method} ${path}`, status, isLate ? undefined : message))
    })
    const location = response.headers.get('location') ?? ''
    const cookies = response.headers.getSetCookie()
    for (const line of cookies) this.#keep(line)
    this.#transcript.heard(this.name, String(status), location || cut(text))
    if (status >= 500) await this.#transcript.serverError(since, errorMs)
    return {
      status,
      type: response.headers.get('content-type') ?? '',
      text,
      json: parsed(text),
      location,
      cookies,
    }
  }

  /** @param line a Set-Cookie header; a cookie that is over already is taken away */
  #keep(line: string) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    const [, expires] = /; *expires=([^;]+)/i.exec(line) ?? []
    if (expires && Date.parse(expires) <= Date.now()) this.#cookies.delete(name)
    else this.#cookies.set(name, value)
  }
}

/**
 * What to say of a request without an answer, or without its end.
 *
 * @param status 0 when not even that came
 * @param problem why the connection ended; undefined when it is still open
 */
function unanswered(request: string, status: number, problem: string | undefined): Finding {
  const saw = problem ? `the connection ended (${problem})` : undefined
  if (status === 0) {
    return {
      expected: `${request} is answered`,
      saw: saw ?? 'no answer',
      look: 'server.ts — does every app.use() that sends no answer call next()? And does the route, perhaps in a file of its own, send one?',
    }
  }
  return {
    expected: `the answer to ${request} comes to an end`,
    saw: saw ?? `it began, with the status ${status}, and never ended`,
    look: 'server.ts — response.write() leaves the answer open: response.end() or response.send() ends it',
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
