import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { expect, onTestFinished } from 'vitest'
import { guard, headers, whyRefused } from '#shared/classroom/server/guard'
import { listenNear } from '#shared/classroom/server/listen-near'
import { openRoom } from '#shared/room/open-room'
import type { Answer, BoardState, Note, Report } from '#shared/room/room-events'
import { temporaryFolder } from './folders.ts'

/** What `npm run room` hands in. */
const local = { guard, headers: headers(), whyRefused, listen: listenNear }

/** A room that is open until the test is over; `door` is where its class joins. */
export async function room() {
  const file = join(await temporaryFolder(), 'room.db')
  const opened = await openRoom({ file, port: 0, local })
  onTestFinished(() => opened.close())
  const port = Number(new URL(opened.addresses[0] ?? '').port)
  return { ...opened, file, door: `http://127.0.0.1:${port}` }
}

/** A laptop or a phone that has joined. */
interface Seat {
  socket: Socket
  token: string
  name: string
}

/** Calls a room's door, or its board. */
export function call(url: string, auth: object): Socket {
  const socket = io(url, { auth, transports: ['websocket'], forceNew: true })
  onTestFinished(() => void socket.disconnect())
  return socket
}

/** Somebody joins a room. @param name without one it is a phone @throws Error when the room refuses */
export async function joins({ door, code }: { door: string; code: string }, name?: string): Promise<Seat> {
  const socket = call(door, { code })
  const seat: Answer<{ token: string; name: string }> = await socket.emitWithAck('join', { name })
  if (!seat.ok) throw new Error(seat.error)
  socket.auth = { code, token: seat.token } // for when it comes back
  return { socket, ...seat }
}

/** A laptop tells the room of its learner. */
export function report(
  socket: Socket,
  told: Partial<Report>,
): Promise<Answer<{ notes: Note[]; isHelped: boolean }>> {
  return socket.emitWithAck('report', { steps: [], noted: 0, ...told } satisfies Report)
}

/** The board as its page hears it. */
export function board({ url }: { url: string }) {
  const socket = call(url, {})
  let latest: BoardState | undefined
  socket.on('state', (state: BoardState) => (latest = state))
  return {
    socket,
    shows: async (look: (state: BoardState) => void) =>
      expect.poll(() => latest && (look(latest), true), { timeout: 20_000 }).toBe(true),
    get state() {
      return latest
    },
  }
}
