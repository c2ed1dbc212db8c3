import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { io, type Socket } from 'socket.io-client'
import { guard, headers, whyRefused } from '#shared/classroom/server/guard'
import { listenNear } from '#shared/classroom/server/listen-near'
import { steps } from '#shared/course/course'
import { taskNames } from '#shared/course/tasks'
import { openRoom, type Room } from '#shared/room/open-room'
import type { Report } from '#shared/room/room-events'
import { startClassroom } from '../support/classroom.ts'

const local = { guard, headers: headers(), whyRefused, listen: listenNear }
const minute = 60 // s

/** The room's board with people in it, a phone, and a classroom that has joined. */
export class RoomStage {
  readonly #seats: Socket[] = []
  #classroom: Awaited<ReturnType<typeof startClassroom>> | undefined

  private constructor(
    readonly page: Page,
    readonly room: Room,
    readonly folder: string,
  ) {}

  static async open(page: Page): Promise<RoomStage> {
    const folder = await mkdtemp(join(tmpdir(), 'on-the-wire-'))
    return new RoomStage(page, await openRoom({ file: join(folder, 'room.db'), port: 0, local }), folder)
  }

  /** where laptops and phones come in, on this machine */
  get door(): string {
    return `http://localhost:${new URL(this.room.addresses[0] ?? '').port}`
  }

  async goes(): Promise<void> {
    await this.page.goto(this.room.url)
    await this.page.getByRole('heading', { name: 'The room', exact: true }).waitFor()
  }

  /** They come in, and tell how far they are: some ahead, some behind, two with a red note, one gone. */
  async come(...names: string[]): Promise<void> {
    for (const name of names) {
      const socket = await this.#comesIn(name)
      await socket.emitWithAck('report', reportOf(this.#seats.length))
      if (this.#seats.length % 9 === 4) socket.disconnect()
      this.#seats.push(socket)
    }
    await this.page.getByRole('columnheader', { name: `${this.#seats.length} joined` }).waitFor()
  }

  /** Says on the board that the room is at checkpoint 2 of step 4, and that the agenda of part one began an hour ago. */
  async begins(): Promise<void> {
    await this.page.getByLabel('step', { exact: true }).selectOption('4')
    await this.page.getByLabel('checkpoint').selectOption('2')
    await this.page.getByLabel('Agenda').selectOption('1')
    await this.page.getByLabel('began').waitFor()
  }

  async clicks(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click()
  }

  /** Opens what can be handed to somebody. */
  async opens(name: string): Promise<void> {
    await this.page.locator('tbody').getByRole('button', { name, exact: true }).click()
    await this.page.getByRole('dialog').waitFor()
  }

  /** The room is asked, and all but every fifth answer. */
  async asks(text: string, ...answers: string[]): Promise<void> {
    await this.page.getByText('Ask the room').click()
    await this.page.getByRole('textbox', { name: 'Question' }).fill(text)
    for (const [index, answer] of answers.entries())
      await this.page.getByLabel(`Answer ${index + 1}`).fill(answer)
    await this.clicks('Ask')
    const voters = this.#seats.filter((seat, index) => seat.connected && index % 5 !== 0)
    for (const [index, seat] of voters.entries())
      await seat.emitWithAck('vote', { question: 1, answer: index % 3 === 0 ? 0 : index % answers.length })
    await this.page.getByText(`${voters.length} answers`).waitFor()
  }

  /** The phones' page. */
  async onPhone(withCode: boolean): Promise<void> {
    await this.page.goto(`${this.door}/${withCode ? `#${this.room.code}` : ''}`)
    // The form for the code stands there until the door has answered.
    await this.page.getByRole('button', { name: withCode ? 'everyone else' : 'Come in' }).waitFor()
  }

  async answers(name: string): Promise<void> {
    await this.clicks(name)
    await this.page.getByRole('button', { name, exact: true, pressed: true }).waitFor()
  }

  /** A classroom joins, and opens the lesson of step 2. */
  async inClassroom(): Promise<void> {
    this.#classroom = await startClassroom()
    await this.page.goto(this.#classroom.url)
    await this.page.getByRole('button', { name: /^2 · / }).click()
    await this.page.locator('.room summary').click()
    await this.page.getByLabel('Address on the board').fill(this.door.replace('http://', ''))
    await this.page.getByLabel('Code').fill(this.room.code)
    await this.page.getByLabel('Your name').fill('Hedy')
    await this.page.getByRole('button', { name: 'Join the room' }).click()
    await this.page.getByText('You are Hedy').waitFor()
  }

  /** The menu is closed again, help is wanted, and a hint has come. */
  async isHelped(): Promise<void> {
    await this.page.locator('.room summary').click()
    await this.clicks('I need help')
    const board = io(this.room.url, { transports: ['websocket'] })
    const to = this.#seats.length + 1 // The newest has the last number; phones have numbers, too.
    await board.emitWithAck('hint', { to: [to, to + 1], step: 2, rung: 1 })
    board.disconnect()
    await this.page.getByText('Hint 1 of step 2').waitFor()
  }

  async close(): Promise<void> {
    for (const seat of this.#seats) seat.disconnect()
    await this.#classroom?.close()
    await this.room.close()
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }

  async #comesIn(name: string): Promise<Socket> {
    const { code } = this.room
    const socket = io(this.door, { auth: { code }, transports: ['websocket'], forceNew: true })
    const seat = await socket.emitWithAck('join', { name })
    socket.auth = { code, token: seat.token }
    return socket
  }
}

/** What a learner tells, another for each number. */
function reportOf(index: number): Report {
  const at = index % 11 === 10 ? 2 : 3 + (index % 3)
  const isDone = index % 7 === 6
  const told = steps.slice(0, at).map((step) => {
    const { number } = step
    const isOver = number < at || isDone
    const passed = isOver ? taskNames(step).length : index % 4
    const ago = (at - number) * 11 * minute + (index % 13) * minute
    const tasks = Array.from({ length: passed }, (_, task): [number, number] => [task + 1, ago])
    return { number, tasks, doneAgo: isOver ? ago : undefined }
  })
  const helpAgo = index % 8 === 2 ? (index + 1) * 20 : undefined
  return { step: at, steps: told, helpAgo, noted: 0 }
}
