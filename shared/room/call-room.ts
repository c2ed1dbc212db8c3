import { io, type Socket } from 'socket.io-client'
import { Advice } from '../terminal/advice.ts'
import { paint } from '../terminal/colour.ts'
import { nameField } from './fields.ts'
import { changeMembership, type Membership, readMembership, reportOf, writeMembership } from './membership.ts'
import type { Answer, DoorEvents, GuestEvents, Note } from './room-events.ts'

/** A connection to a room's door. */
export type RoomSocket = Socket<DoorEvents, GuestEvents>

const patienceMs = 4_000 // for who asks the room itself: to join, for help
const briefMs = 500 // for a check, which does not wait for a room

type Seat = Pick<Membership, 'token' | 'name'>

/** Who one says one is. */
export type Credentials = Pick<Membership, 'url' | 'code'> & { token?: string }

/** Connects to a room, and does so again whenever the connection breaks. */
export function callRoom({ url, code, token }: Credentials): RoomSocket {
  return io(url, {
    auth: { code, token },
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelayMax: 20_000,
    forceNew: true,
  })
}

/**
 * Takes a seat in a room, or the same one again: a laptop that was there is known by its token, under whatever address either
 * of them is now.
 *
 * @returns what is kept from now on; the name has a number where somebody else has it already
 * @throws Advice when the room does not answer, or says no
 */
export async function joinRoom(room: Pick<Membership, 'url' | 'code'>, name: string): Promise<Membership> {
  const before = readMembership()
  const socket = callRoom({ ...room, token: before?.token })
  try {
    await connected(socket, room.url)
    const answer: Answer<Seat> = await socket.timeout(patienceMs).emitWithAck('join', { name })
    const { token, name: given } = accepted(answer)
    const { data: got } = nameField.safeParse(given) // it goes into terminals
    if (got === undefined) throw new Advice(`What answers at ${room.url} is no room.`, comeIn)
    const isSame = before?.token === token
    const { printed = 0, dismissed = 0, helpAt } = isSame ? before : {}
    const { passed = {} } = before ?? {}
    const member = { ...room, token, name: got, helpAt, printed, dismissed, passed }
    writeMembership(member)
    await tell(socket, member, patienceMs)
    return member
  } finally {
    socket.disconnect()
  }
}

/**
 * Leaves the room. This laptop forgets it whether the room hears of it or not.
 *
 * @returns whether the room has taken the name off its board
 */
export async function leaveRoom(): Promise<boolean> {
  const member = readMembership()
  writeMembership(undefined)
  if (!member) return true
  const socket = callRoom(member)
  try {
    await connected(socket, member.url)
    return (await socket.timeout(patienceMs).emitWithAck('leave')).ok
  } catch {
    return false // The room is away: its board goes on showing the name, as that of somebody who is silent.
  } finally {
    socket.disconnect()
  }
}

/** What came of telling the room. */
export interface Told {
  isTold: boolean
  notes: readonly Note[]
  /** why it is not, when the room itself has said no */
  why?: string
}

/**
 * Tells the room how far this learner is, while a command is at work. It connects at once, so that what the command takes
 * anyway is enough, and no command waits for a room that does not answer: the next one tells all of it.
 */
export function visitRoom() {
  let called = readMembership()
  let socket = called && callRoom(called)
  return {
    /**
     * @param waits for a room that has not answered yet, as long as somebody at a keyboard does
     * @returns undefined when no room is joined
     */
    async tell({ waits = false } = {}): Promise<Told | undefined> {
      const member = readMembership()
      if (!member) return undefined
      if (!socket || member.token !== called?.token || member.url !== called.url) {
        socket?.disconnect()
        socket = callRoom((called = member)) // another room was joined meanwhile
      }
      try {
        if (waits) await connected(socket, member.url)
        else if (!socket.connected) return { isTold: false, notes: [] }
        return { isTold: true, notes: await tell(socket, member, waits ? patienceMs : briefMs) }
      } catch (error) {
        // It is told with the next check, when the room was only away.
        return { isTold: false, notes: [], why: error instanceof Advice && waits ? error.message : undefined }
      }
    },
    close: (): void => void socket?.disconnect(),
  }
}

/** What a terminal shows of it: what the instructor has sent, and that the room was not there. */
export function describeTold(told: Told | undefined): string[] {
  if (!told) return []
  const { isTold, notes, why = unanswered } = told
  const printed = notes.at(-1)?.id
  if (printed !== undefined) changeMembership({ printed })
  return [
    ...notes.flatMap(({ text }) => ['', 'From your instructor:', ...plainLines(text)]),
    ...(isTold ? [] : [paint('dim', why)]),
  ]
}

const unanswered = 'The room does not answer just now. It hears of this with your next check.'

/** A text from elsewhere as lines, without the characters with which it could rewrite a terminal. */
export function plainLines(text: string): string[] {
  return text.split('\n').map((line) => line.replaceAll(/[\p{Cc}\p{Cf}]/gu, ''))
}

async function tell(socket: RoomSocket, member: Membership, timeoutMs: number): Promise<Note[]> {
  const report = await reportOf(member, member.printed)
  const told: Answer<{ notes: Note[]; isHelped: boolean }> = await socket
    .timeout(timeoutMs)
    .emitWithAck('report', report)
  const answer = accepted(told)
  if (answer.isHelped) changeMembership({ helpAt: undefined })
  return answer.notes
}

/** @throws Advice when it said no */
function accepted<More>(answer: Answer<More>): { ok: true } & More {
  if (answer.ok) return answer
  throw new Advice(`The room says: ${plainLines(answer.error).join(' ')}`, comeIn)
}

const comeIn = 'Look at the board again, and then:  npm run join ADDRESS CODE NAME'

/** @throws Advice when it is not within some seconds, or the room says no */
function connected(socket: RoomSocket, url: string): Promise<void> {
  if (socket.connected) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const away = new Advice(
      `No room answers at ${url}. Are you in the same Wi-Fi as your instructor? Some networks keep laptops apart.`,
      comeIn,
    )
    const timer = setTimeout(() => reject(away), patienceMs)
    socket.once('connect', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.on('connect_error', (error) => {
      if (socket.active) return // It tries again by itself.
      clearTimeout(timer)
      reject(new Advice(`The room says: ${plainLines(error.message).join(' ')}`, comeIn))
    })
  })
}
