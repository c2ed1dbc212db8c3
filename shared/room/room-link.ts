import { existsSync, unwatchFile, watchFile } from 'node:fs'
import { join } from 'node:path'
import { root } from '../course/course.ts'
import { Advice } from '../terminal/advice.ts'
import type { RoomSocket } from './call-room.ts'
import { membershipFile } from './membership-file.ts'
import type { Note, RoomNews, RoomSeat } from './room-events.ts'

const lookEveryMs = 1_000
const patienceMs = 4_000

export type RoomLink = ReturnType<typeof openRoomLink>

/**
 * The line of a running classroom to the room that was joined, here or in a terminal: it tells the room what has changed, and
 * hears what the room says. While no room is joined it looks at a file, and loads nothing.
 */
export function openRoomLink() {
  const listeners = new Set<() => void>()
  let socket: RoomSocket | undefined
  let called = '' // as what, and where
  let news: RoomNews = {}
  let notes: readonly Note[] = []
  let why: string | undefined
  let seat: RoomSeat | undefined
  let turn: Promise<unknown> = Promise.resolve()

  /** Loaded once somebody has joined. */
  const load = () => Promise.all([import('./call-room.ts'), import('./membership.ts')])

  /** @param tells the room hears all of it anew */
  async function follow(tells: boolean): Promise<void> {
    const isJoined = existsSync(membershipFile)
    if (!isJoined && !socket) return
    const [{ callRoom }, { readMembership }] = await load()
    const member = readMembership()
    const wanted = member ? `${member.url} ${member.code} ${member.token}` : ''
    if (wanted !== called) {
      called = wanted
      socket?.disconnect()
      socket = member && callRoom(member)
      news = {}
      notes = []
      why = undefined
      socket?.on('connect', () => void look())
      socket?.on('disconnect', () => void look(false))
      socket?.on('connect_error', ({ message }) => {
        why = socket?.active ? undefined : message
        void look(false)
      })
      socket?.on('news', (next) => {
        news = next
        void look(false)
      })
      socket?.on('note', (note) => {
        if (!notes.some(({ id }) => id === note.id)) notes = [...notes, note]
        void look(false)
      })
      socket?.on('helped', () => void look())
    }
    if (tells && socket?.connected && member) await report(socket)
    const now = readMembership()
    seat = now && {
      ...news,
      name: now.name,
      isConnected: socket?.connected === true,
      why,
      wantsHelp: now.helpAt !== undefined,
      notes: notes.filter(({ id }) => id > now.dismissed),
    }
    for (const listener of listeners) listener()
  }

  async function report(to: RoomSocket): Promise<void> {
    const [, { changeMembership, readMembership, reportOf }] = await load()
    const member = readMembership()
    if (!member) return
    try {
      const told = await to
        .timeout(patienceMs)
        .emitWithAck('report', await reportOf(member, member.dismissed))
      why = told.ok ? undefined : told.error
      if (!told.ok) return
      notes = told.notes
      if (told.isHelped) changeMembership({ helpAt: undefined })
    } catch {
      why = undefined // No answer: it is told again once the connection is back, or something changes.
    }
  }

  /** One after the other, so that what was read last is what is shown. */
  function look(tells = true): Promise<void> {
    const mine = turn.then(() => follow(tells))
    turn = mine.catch((error: unknown) => console.error(error))
    return mine
  }

  const watched = [membershipFile, join(root, '.workshop.json'), join(root, 'work', '.step')]
  const onEdit = () => void look()
  for (const file of watched) watchFile(file, { interval: lookEveryMs }, onEdit)
  void look()

  return {
    /** undefined while no room is joined */
    get seat(): RoomSeat | undefined {
      return seat
    },
    /** @param listener called when the seat has changed */
    on: (listener: () => void): void => void listeners.add(listener),
    /** @throws Advice when the address is none, or the room says no */
    async join(address: string, code: string, name: string): Promise<void> {
      const [{ joinRoom }, { roomUrl }] = await load()
      await joinRoom({ url: roomUrl(address), code: code.trim().toLowerCase() }, name)
      await look()
    },
    async leave(): Promise<void> {
      const [{ leaveRoom }] = await load()
      await leaveRoom()
      await look()
    },
    async wantHelp(wanted: boolean): Promise<void> {
      const [, { changeMembership }] = await load()
      changeMembership({ helpAt: wanted ? Date.now() : undefined })
      await look()
    },
    /** @throws Advice when it could not be given */
    async vote(question: number, answer: number): Promise<void> {
      const told = await socket
        ?.timeout(patienceMs)
        .emitWithAck('vote', { question, answer })
        .catch(() => undefined) // no answer in time
      if (!told?.ok) throw new Advice(told?.error ?? 'The room does not answer just now.', 'Try again.')
    },
    async dismiss(last: number): Promise<void> {
      const [, { changeMembership }] = await load()
      changeMembership({ dismissed: last })
      await look()
    },
    close(): void {
      for (const file of watched) unwatchFile(file, onEdit)
      socket?.disconnect()
    },
  }
}
