import { io, type Socket } from 'socket.io-client'
import type { Answer, ClientEvents, Person, ServerEvents } from '../events.ts'
import * as rooms from './rooms.ts'
import * as view from './view.ts'

const socket: Socket<ServerEvents, ClientEvents> = io({ ackTimeout: 5_000 }) // ms
const noAnswer: Extract<Answer, { ok: false }> = { ok: false, error: 'The server did not answer: try again.' }
const pauseMs = 400 // so long without a key, and somebody has stopped typing
let talkingTo: Person | undefined // nobody means the open room
let counting: ReturnType<typeof setTimeout> | undefined
let me = { id: 0, username: '' }
let typing = false
let pause: ReturnType<typeof setTimeout>

socket.on('connect', () => {
  view.note(`connected over ${socket.io.engine.transport.name}`)
})

socket.on('disconnect', (reason) => {
  if (reason === 'io server disconnect') return toTheDoor() // logged out, perhaps in another tab
  view.note('reconnecting…')
  typing = false
  view.removeTypists() // If somebody stops now, we shall not hear it.
})
socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
  if (error.data?.code === 'unauthorized') toTheDoor()
  else view.note(socket.active ? 'reconnecting…' : error.message)
})
socket.on('refused', ({ error }) => view.complain(error))

socket.on('login', ({ id, username, numUsers }) => {
  me = { id, username }
  view.letIn(username)
  countUnread()
  view.showOnline(numUsers)
  if (talkingTo) talkTo(talkingTo)
  else openRoom(rooms.current()) // after a reconnect, too: what was said in between
})
socket.on('user joined', ({ username, numUsers }) => view.announce(`${username} joined`, numUsers))
socket.on('user left', ({ username, numUsers }) => {
  view.announce(`${username} left`, numUsers)
})
socket.on('users', (users) => view.showPeople(users, me.id))
socket.on('conversations', view.showConversations)
socket.on('direct message', (direct) => {
  view.sayDirect(direct)
  if (direct.from === talkingTo?.id) socket.emit('direct read', direct.from, () => {})
})
socket.on('new message', (said) => {
  view.removeTypist(said.room, said.username)
  view.sayInRoom(said)
  if (said.username === me.username) return // from another tab
  if (talkingTo || said.room !== rooms.current()) rooms.count(said.room)
  else rooms.read(said.room)
})
socket.on('rooms', rooms.change)
socket.on('room members', ({ room, members }) => view.showMembers(room, members))
socket.on('typing', ({ room, username }) => view.addTypist(room, username))
socket.on('stop typing', ({ room, username }) => view.removeTypist(room, username))

socket.on('post published', ({ title, author }) => {
  view.showNews(`${author} has put “${title}” on the board`)
  countUnread()
})
window.addEventListener('focus', countUnread) // The board may have been read in another tab.

// The server knows what was read, in whichever tab. Many posts at once are one question.
function countUnread() {
  counting ??= setTimeout(async () => {
    counting = undefined
    const response = await fetch('/board/unread')
    if (response.ok) view.showUnreadPosts((await response.json()).posts)
  }, 300)
}

view.logout.addEventListener('submit', () => socket.disconnect()) // or being cut off, later, leads to the door again

function toTheDoor() {
  location.assign('/login')
}

view.form.addEventListener('submit', async (event) => {
  event.preventDefault() // stay on this page
  const message = view.input.value.trim()
  if (!message || !socket.connected) return // without a connection it stays in the box
  view.input.value = ''
  stopTyping()
  const to = talkingTo?.id
  const said = { room: rooms.current(), message }
  const sending = to
    ? socket.emitWithAck('direct message', { to, message })
    : socket.emitWithAck('new message', said)
  const answer = await sending.catch(() => noAnswer)
  if (!answer.ok) view.giveBack(message, answer.error, view.placeOf(to, said.room))
  else if (!to) view.sayInRoom({ ...said, at: Date.now(), username: me.username })
})

rooms.setUp(socket, openRoom)

async function openRoom(room: number) {
  stopTyping()
  talkingTo = undefined
  rooms.show(room)
  const answer = await socket.emitWithAck('room history', room).catch(() => noAnswer)
  if (room !== rooms.current()) return // by now one has opened another
  if (!answer.ok) return view.complain(answer.error)
  view.clear(view.placeOf(undefined, room))
  answer.messages.forEach(view.sayInRoom)
  view.showMembers(room, answer.members)
}

view.onOpenPerson(talkTo)

async function talkTo(person: Person) {
  stopTyping()
  talkingTo = person
  view.openPlace(view.placeOf(person.id), `Between you and ${person.username}`)
  const answer = await socket.emitWithAck('direct history', person.id).catch(() => noAnswer)
  if (!answer.ok) return view.complain(answer.error)
  view.clear(view.placeOf(person.id))
  answer.messages.forEach(view.sayDirect)
}

view.input.addEventListener('input', () => {
  if (!socket.connected || talkingTo) return // Everybody would see that one types, and wait.
  if (!typing) socket.emit('typing', rooms.current())
  typing = true
  clearTimeout(pause)
  pause = setTimeout(stopTyping, pauseMs)
})

function stopTyping() {
  clearTimeout(pause)
  if (typing && socket.connected) socket.emit('stop typing')
  typing = false
}

socket.io.on('open', () => {
  socket.io.engine.once('upgrade', (transport) => view.note(`connected over ${transport.name}`))
})
