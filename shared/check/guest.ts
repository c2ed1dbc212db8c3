import { isDeepStrictEqual } from 'node:util'
import { io, type Socket } from 'socket.io-client'
import { need, NotYet } from './not-yet.ts'
import { eventually, inTime, timeoutMs } from './patience.ts'
import { show, type Transcript } from './transcript.ts'

interface Heard {
  event: string
  values: unknown[]
}

export interface GuestOptions {
  /** default `/` */
  namespace?: string
  /** transports to try, in this order; default WebSocket, then long-polling */
  transports?: ('websocket' | 'polling')[]
  /** of the handshake: `{ cookie: 'session=…' }` */
  headers?: Record<string, string>
  /** where the reader should look when the server says neither yes nor no */
  look?: string
}

/** What a server said to somebody whom it did not let in. */
export interface TurnedAway {
  message: string
  /** what the server sent along, for the page's script to read */
  data: unknown
}

/** Somebody at a socket who remembers, in order, all that they heard. */
export class Guest {
  readonly name: string
  readonly socket: Socket
  /** the cookie that they came with, `session=…`, or empty */
  readonly cookie: string
  readonly #transcript: Transcript
  readonly #everybody: readonly Guest[]
  readonly #all: Heard[] = []
  readonly #fresh: Heard[] = []
  /** how much they had heard when somebody last did something */
  #earlier = 0

  private constructor(
    name: string,
    socket: Socket,
    cookie: string,
    transcript: Transcript,
    everybody: readonly Guest[],
  ) {
    this.name = name
    this.socket = socket
    this.cookie = cookie
    this.#transcript = transcript
    this.#everybody = everybody
    socket.onAny((event: string, ...values: unknown[]) => {
      const heard = { event, values }
      this.#all.push(heard)
      this.#fresh.push(heard)
      transcript.heard(name, ...[event, ...values].map(show))
    })
  }

  /**
   * Connects a guest.
   *
   * @param name how the transcript calls them
   * @param url the server's address
   * @param transcript where all that they say and hear is written down
   * @param everybody the guests of this task, to tell who did hear what somebody did not
   * @throws NotYet when the server has no Socket.IO, or not this namespace
   */
  static async connect(
    name: string,
    url: string,
    transcript: Transcript,
    everybody: readonly Guest[],
    options: GuestOptions = {},
  ): Promise<Guest> {
    const { namespace = '/' } = options
    const socket = socketFor(url, options)
    const guest = new Guest(name, socket, options.headers?.cookie ?? '', transcript, everybody)
    const answer = await answerTo(socket)
    guest.#acts()
    if (answer === 'welcome') return guest
    socket.disconnect()
    const problem = answer === 'nothing' ? noAnswer : `“${answer.message}”`
    transcript.note(name, `could not connect: ${problem}`)
    const place = namespace === '/' ? 'over Socket.IO' : `to the namespace ${namespace}`
    throw new NotYet({
      expected: `${name} connects ${place}`,
      saw: problem,
      look:
        answer === 'nothing'
          ? (options.look ?? lookAtConnection)
          : answer.message === 'Invalid namespace'
            ? `server.ts — does it say io.of('${namespace}')?`
            : 'server.ts — is there a new Server(server), and does that same server listen?',
    })
  }

  /**
   * Tries to connect, and leaves at once.
   *
   * @returns undefined for somebody who was let in
   * @throws NotYet when the server lets nobody in and does not say no either
   */
  static async knock(
    name: string,
    url: string,
    transcript: Transcript,
    options: GuestOptions = {},
  ): Promise<TurnedAway | undefined> {
    const socket = socketFor(url, options)
    transcript.said(name, 'connects')
    const answer = await answerTo(socket)
    socket.disconnect()
    need(answer !== 'nothing', {
      expected: `${name} is let in, or turned away`,
      saw: noAnswer,
      look: options.look ?? lookAtConnection,
    })
    const turnedAway = answer === 'welcome' ? undefined : answer
    transcript.heard(name, ...(turnedAway ? ['connect_error', show(turnedAway)] : ['connected']))
    return turnedAway
  }

  /** Sends an event. */
  emit(event: string, ...values: unknown[]): void {
    this.#acts()
    this.#transcript.said(this.name, ...[event, ...values].map(show))
    this.socket.emit(event, ...values)
  }

  /**
   * Sends an event and waits for its acknowledgement.
   *
   * @param look where the reader should look when there is none
   * @throws NotYet when it is not acknowledged
   */
  async ask(event: string, values: unknown[], look: string): Promise<unknown> {
    this.#acts()
    this.#transcript.said(this.name, ...[event, ...values].map(show), '(acknowledgement)')
    const answer = await inTime(
      (signal) =>
        new Promise<{ value: unknown } | undefined>((resolve) => {
          this.socket.emit(event, ...values, (value: unknown) => resolve({ value }))
          this.socket.once('disconnect', () => resolve(undefined))
          signal.addEventListener('abort', () => resolve(undefined))
        }),
    )
    if (!answer && this.socket.connected) this.#transcript.silence(this.name, timeoutMs)
    else if (!answer) this.#transcript.note(this.name, 'lost the connection')
    need(answer !== undefined, {
      expected: `${show(event)} is acknowledged`,
      saw: 'no acknowledgement',
      look,
    })
    this.#transcript.heard(this.name, 'acknowledged', show(answer.value))
    return answer.value
  }

  /**
   * Sends an event again and again, without waiting for what becomes of it.
   *
   * @param value what each of them carries
   * @param times how often
   * @returns their acknowledgements, in the order in which they were sent; undefined for what was not acknowledged
   */
  async floods(event: string, value: unknown, times: number): Promise<unknown[]> {
    this.#acts()
    this.#transcript.said(this.name, show(event), show(value), `(acknowledgement), ${times} times`)
    const answers = Array.from<unknown>({ length: times })
    let left = times
    await inTime(
      (signal) =>
        new Promise<void>((resolve) => {
          this.socket.once('disconnect', () => resolve())
          signal.addEventListener('abort', () => resolve())
          if (!this.socket.connected) return resolve()
          for (const index of answers.keys()) {
            this.socket.emit(event, value, (answer: unknown) => {
              answers[index] = answer
              if (--left === 0) resolve()
            })
          }
        }),
    )
    return answers
  }

  /**
   * Waits for the next event of this name that was not waited for before, and compares it.
   *
   * @param wanted what it must carry
   * @param look where the reader should look when it does not come, or carries something else
   * @param lateMs how long a right program lets it wait
   * @throws NotYet
   */
  async hears(event: string, wanted: unknown, look: string, lateMs = 0): Promise<void> {
    const expected = `${this.name} hears ${show(event)} ${show(wanted)}`
    const heard = await this.next(event, expected, look, (value) => isDeepStrictEqual(value, wanted), lateMs)
    need(isDeepStrictEqual(heard[0], wanted), {
      expected,
      saw: `${this.name} heard ${show(heard[0])}`,
      look,
    })
  }

  /**
   * Waits for the next event of this name that was not waited for before.
   *
   * @param expected the sentence after "Expected:"
   * @param isIt tells the event that is meant from others of its name, when saying who else heard it; without it, what
   *   came before somebody last did something does not count
   * @param lateMs how long a right program lets it wait
   * @returns its values
   * @throws NotYet when it does not come
   */
  async next(
    event: string,
    expected: string,
    look: string,
    isIt?: (value: unknown) => boolean,
    lateMs = 0,
  ): Promise<unknown[]> {
    const heard = await eventually(() => this.#fresh.find((one) => one.event === event), lateMs)
    if (!heard) this.#transcript.silence(this.name, timeoutMs + lateMs)
    const other = heard ? undefined : this.#fresh.find((one) => sameLetters(one.event, event))
    need(!other, {
      expected,
      saw: `${this.name} heard ${show(other?.event)}`,
      look: `events.ts — its name is ${show(event)}, to the letter`,
    })
    need(heard !== undefined, { expected, saw: this.#whoHeard(event, isIt), look })
    this.#fresh.splice(this.#fresh.indexOf(heard), 1)
    return heard.values
  }

  /**
   * Silence cannot be waited for. Call this after a later sound: what was sent to this guest before it stands before it.
   *
   * @param expected the sentence after "Expected:"
   * @throws NotYet when an event of this name came that nobody waited for
   */
  hasNotHeard(event: string, expected: string, look: string): void {
    const heard = this.#fresh.find((one) => one.event === event)
    need(!heard, { expected, saw: `${this.name} heard ${show(event)} ${show(heard?.values[0])}`, look })
  }

  /** All events of this name so far, their first values, in the order in which they came. */
  heard(event: string): unknown[] {
    return this.#all.filter((one) => one.event === event).map(({ values }) => values[0])
  }

  /** The names of all that they heard of these events, in the order in which it came. */
  order(...events: string[]): string[] {
    return this.#all.map(({ event }) => event).filter((event) => events.includes(event))
  }

  /** Closes the connection, as closing the window does. */
  leave(): void {
    this.#acts()
    if (this.socket.connected) this.#transcript.said(this.name, 'leaves')
    this.socket.disconnect()
  }

  #acts(): void {
    for (const guest of [this, ...this.#everybody]) guest.#earlier = guest.#all.length
  }

  #whoHeard(event: string, isIt?: (value: unknown) => boolean): string {
    const others = this.#everybody.filter((guest) => {
      if (guest === this) return false
      const heard = isIt ? guest.#all : guest.#all.slice(guest.#earlier)
      return heard.some((one) => one.event === event && (isIt?.(one.values[0]) ?? true))
    })
    if (others.length === 0) return 'nobody did'
    return `only ${others.map(({ name }) => name).join(' and ')} did`
  }
}

const noAnswer = 'the server said neither yes nor no'
const lookAtConnection =
  "server.ts — does each way through io.use() end in next()? And what does io.on('connection') do?"

function socketFor(url: string, options: GuestOptions): Socket {
  const { namespace = '/', transports = ['websocket', 'polling'], headers } = options
  return io(new URL(namespace, url).href, {
    transports,
    tryAllTransports: true,
    forceNew: true,
    reconnection: false,
    timeout: 60_000, // our own patience ends sooner
    extraHeaders: headers,
  })
}

/** What the server says to somebody who connects; nothing when it is silent, or has died. */
function answerTo(socket: Socket): Promise<'welcome' | TurnedAway | 'nothing'> {
  return inTime(
    (signal) =>
      new Promise((resolve) => {
        socket.once('connect', () => resolve('welcome'))
        socket.once('disconnect', () => resolve('nothing'))
        signal.addEventListener('abort', () => resolve('nothing'))
        socket.once('connect_error', (error: Error & { data?: unknown }) =>
          resolve({ message: error.message, data: error.data }),
        )
      }),
  )
}

/** Whether two names differ in capitals, spaces and signs alone. */
function sameLetters(one: string, other: string): boolean {
  const [first, second] = [one, other].map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, ''))
  return first === second
}
