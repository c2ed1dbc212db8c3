import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'

const ackTimeoutMs = 5_000 // as the page of steps 16 to 18 has it
const [firstWaitMs, longestWaitMs] = [1_000, 30_000]
const syncEveryMs = 20_000

/** Somebody at a page of step 18, without the page: the protocol of its outbox and its catching up, so that 150 fit into one process. */
export class Talker {
  readonly name: string
  /** what they have said, in order; each is sent until a server has it */
  readonly said: string[] = []
  /** what they know, by its number */
  readonly shown = new Map<number, string>()
  /** what came twice with another number, or with another text */
  readonly wrong: string[] = []
  /** the longest time without anything new while others talked, ms */
  longestSilenceMs = 0
  readonly #socket: Socket
  readonly #general: number
  #heardAt: number | undefined
  #seen = 0 // nothing is missing below it
  #nextSync: ReturnType<typeof setTimeout> | undefined

  /**
   * @param url nginx's
   * @param cookie who they are, and which server nginx chooses for them
   * @param general the room's number
   */
  constructor(name: string, url: string, cookie: string, general: number) {
    this.name = name
    this.#general = general
    this.#socket = io(url, {
      extraHeaders: { cookie },
      transports: ['websocket'],
      forceNew: true,
      ackTimeout: ackTimeoutMs,
    })
    this.#socket.on('new message', (kept: Kept) => this.#show(kept))
    this.#socket.on('login', () => void this.sync())
    this.#socket.on('disconnect', () => clearTimeout(this.#nextSync))
  }

  /** Says something, and does not rest until a server has it. */
  async says(message: string): Promise<void> {
    this.said.push(message)
    const key = randomUUID()
    for (let pauseMs = firstWaitMs; ; pauseMs = Math.min(2 * pauseMs, longestWaitMs)) {
      await this.#connected()
      const answer = await this.#ask('new message', { key, room: this.#general, message })
      if (answer.ok) return this.#show({ id: Number(answer.id), message })
      if (!answer.again) throw new Error(`a server refused ${message}: ${answer.error}`)
      await wait(pauseMs)
    }
  }

  /** Asks for what is missing, until nothing is, and then again from time to time. */
  async sync(): Promise<void> {
    clearTimeout(this.#nextSync)
    const answer = await this.#ask('sync', { messages: this.#seen, directs: 0 })
    if (!this.#socket.connected) return // It begins again with the next connection.
    const messages: Kept[] = answer.ok && Array.isArray(answer.messages) ? answer.messages : []
    messages.forEach((kept) => this.#show(kept))
    this.#seen = messages.at(-1)?.id ?? this.#seen
    clearTimeout(this.#nextSync)
    const afterMs = answer.more ? 0 : answer.ok ? syncEveryMs : firstWaitMs
    this.#nextSync = setTimeout(() => void this.sync(), afterMs)
  }

  /** All that they know, in the order of the numbers. */
  get texts(): string[] {
    return [...this.shown].toSorted(([one], [other]) => one - other).map(([, text]) => text)
  }

  /** From now on nobody talks: silence says nothing. */
  rests(): void {
    this.#heardAt = undefined
  }

  leave(): void {
    clearTimeout(this.#nextSync)
    this.#socket.disconnect()
  }

  #show({ id, message }: Kept): void {
    const known = this.shown.get(id)
    if (known === message) return // live, and with an answer
    if (known !== undefined) this.wrong.push(`${id} was ${known}, and is ${message}`)
    this.shown.set(id, message)
    const now = performance.now()
    this.longestSilenceMs = Math.max(this.longestSilenceMs, now - (this.#heardAt ?? now))
    this.#heardAt = now
  }

  async #connected(): Promise<void> {
    if (!this.#socket.connected) await new Promise<void>((resolve) => this.#socket.once('login', resolve))
  }

  #ask(event: string, value: unknown): Promise<Record<string, unknown>> {
    return this.#socket.emitWithAck(event, value).catch(() => ({ ok: false, again: true }))
  }
}

interface Kept {
  id: number
  message: string
}
