import type { Socket } from 'socket.io-client'
import type { ClientEvents, Room, ServerEvents } from '../events.ts'
import * as view from './view.ts'

const newRoom = document.querySelector<HTMLFormElement>('#new-room')!
const nameInput = document.querySelector<HTMLInputElement>('#room-name')!
const leave = document.querySelector<HTMLButtonElement>('#leave')!

const rooms = new Map<number, Room>() // all there are, by number
let here = 1 // the room that is open, or was before one talked to somebody
const reading = new Set<number>() // rooms that were read just now
let openRoom = (_room: number) => {}
let sayRead = (_room: number) => {}
const noAnswer = { ok: false, error: 'The server did not answer: try again.' } as const

/** The number of the room that is open, or was before one talked to somebody. */
export function current(): number {
  return here
}

/** Takes in what has changed, and draws the list. Whoever has left the open room, in whichever tab, is back in the first one. */
export function change(changed: Room[]) {
  for (const room of changed) {
    const unread = room.isMember ? (room.unread ?? rooms.get(room.id)?.unread) : 0
    if (room.members > 0) rooms.set(room.id, { ...room, unread })
    else rooms.delete(room.id)
    if (!room.isMember) view.clear(view.placeOf(undefined, room.id)) // What is said there now does not come here.
  }
  list()
  const { isMember = false, name = '' } = rooms.get(here) ?? {}
  if (isMember) view.nameRoom(here, name)
  else if (view.isOpen(view.placeOf(undefined, here))) openRoom(1)
  else here = 1 // One is talking to somebody.
}

/** Counts a message that came where one does not look. */
export function count(room: number) {
  reading.delete(room) // It would be read with what came before.
  const known = rooms.get(room)
  if (known) known.unread = (known.unread ?? 0) + 1
  list()
}

/** Tells the server that what came in a room was seen: once, when much comes at a time. */
export function read(room: number) {
  if (reading.has(room)) return
  reading.add(room)
  setTimeout(() => {
    if (reading.delete(room)) sayRead(room)
  }, 300)
}

function list() {
  view.showRooms([...rooms.values()].toSorted((one, other) => one.name.localeCompare(other.name)))
}

/** Shows a room that one is in. */
export function show(room: number) {
  here = room
  view.openPlace(view.placeOf(undefined, room), rooms.get(room)?.name ?? '')
  resetLeave()
}

/**
 * Makes the buttons work: a room's own joins it when one is not in it, and opens it; the form creates one; "Leave" asks once more.
 *
 * @param open is called with the number of a room that one is in, and that is to be shown
 */
export function setUp(socket: Socket<ServerEvents, ClientEvents>, open: (room: number) => void) {
  openRoom = open
  sayRead = (room) => socket.emit('room read', room, () => {})
  socket.on('connect', () => rooms.clear()) // The whole list comes now. Some may be gone since the last one.
  view.onOpenRoom(async (room) => {
    const answer = rooms.get(room)?.isMember
      ? { ok: true as const }
      : await socket.emitWithAck('join room', room).catch(() => noAnswer)
    if (answer.ok) open(room)
    else view.complain(answer.error)
  })

  newRoom.addEventListener('submit', async (event) => {
    event.preventDefault()
    const answer = await socket.emitWithAck('create room', nameInput.value).catch(() => noAnswer)
    if (!answer.ok) return view.complain(answer.error)
    nameInput.value = ''
    open(answer.id)
  })

  leave.addEventListener('click', async () => {
    if (!leave.classList.contains('sure')) return askToLeave()
    const answer = await socket.emitWithAck('leave room', here).catch(() => noAnswer)
    if (!answer.ok) view.complain(answer.error)
  })
}

function resetLeave() {
  leave.textContent = 'Leave'
  leave.classList.remove('sure')
}

function askToLeave() {
  const isLast = rooms.get(here)?.members === 1
  leave.textContent = isLast ? 'Leave, and delete all that was said?' : 'Leave for sure?'
  leave.classList.add('sure')
  leave.addEventListener('blur', resetLeave, { once: true })
}
