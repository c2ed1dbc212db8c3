import { io, type Socket } from 'socket.io-client'
import type { Answer, ClientEvents, No, Person, Seen, ServerEvents, Waiting } from '../events.ts'
import * as outbox from './outbox.ts'
import * as rooms from './rooms.ts'
import * as view from './view.ts'

const socket: Socket<ServerEvents, ClientEvents> = io({ ackTimeout: 5_000 }) // ms
const noAnswer: No = { ok: false, error: 'The server did not answer: try again.', again: true }
const firstWaitMs = 1_000
const longestWaitMs = 30_000
const syncEveryMs = 20_000
const pauseMs = 400 // so long without a key, and somebody has stopped typing
let talkingTo: Person | undefined // nobody means the open room
let counting: ReturnType<typeof setTimeout> | undefined
let me = { id: 0, username: '' }
let typing = false
let pause: ReturnType<typeof setTimeout>
let seen: Seen | undefined // the highest numbers that this page has, with nothing missing below them
let historyTo = 0 // the highest number of a message when this page came in
let timer: ReturnType<typeof setTimeout>
let isSending = false
let waitMs = firstWaitMs // before the next try
let nextTry: ReturnType<typeof setTimeout>

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

socket.on('login', ({ id, username, numUsers, newest }) => {
  me = { id, username }
  view.letIn(username)
  outbox.openFor(id, send)
  send() // before the history is asked for, which then has it
  if (!seen) historyTo = newest.messages
  seen ??= newest // what came before is history
  catchUp(seen)
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
  if (direct.key) outbox.remove(direct.key) // It is kept, or nobody would be told.
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

view.form.addEventListener('submit', (event) => {
  event.preventDefault() // stay on this page
  const message = view.input.value.trim()
  if (!message) return
  const place = talkingTo ? { to: talkingTo.id } : { room: rooms.current() }
  if (!outbox.add({ ...place, message })) return view.complain('The browser has no room for it.')
  view.input.value = ''
  stopTyping()
  send()
})

// One at a time: so they arrive in the order in which they were written.
async function send() {
  const next = outbox.next()
  if (!next || isSending || !socket.connected) return
  isSending = true
  const answer = await ask(next).catch(() => noAnswer)
  isSending = false
  if (!answer.ok && answer.again) return tryAgain()
  waitMs = firstWaitMs
  if (answer.ok) outbox.remove(next.key)
  else outbox.refuse(next, answer.error)
  send()
}

async function ask({ key, message, ...place }: Waiting): Promise<Answer> {
  if ('to' in place) return socket.emitWithAck('direct message', { key, to: place.to, message })
  const answer = await socket.emitWithAck('new message', { key, room: place.room, message })
  if (answer.ok && answer.id > historyTo)
    view.sayInRoom({ ...answer, room: place.room, message, username: me.username })
  return answer
}

function tryAgain() {
  clearTimeout(nextTry)
  nextTry = setTimeout(send, waitMs)
  waitMs = Math.min(waitMs * 2, longestWaitMs)
}

rooms.setUp(socket, openRoom)

async function openRoom(room: number) {
  stopTyping()
  talkingTo = undefined
  rooms.show(room)
  const answer = await socket.emitWithAck('room history', room).catch(() => noAnswer)
  if (room !== rooms.current()) return // by now one has opened another
  if (!answer.ok) return view.complain(answer.error)
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
  answer.messages.forEach(view.sayDirect)
}

// What comes live is shown, but it does not say that nothing is missing below it. Only an answer does, so the page asks again and again.
async function catchUp(from: Seen) {
  const answer = await socket.emitWithAck('sync', from).catch(() => noAnswer)
  if (!socket.connected) return // It begins again with the next connection.
  if (!answer.ok) return later(firstWaitMs, () => catchUp(from))
  answer.messages.forEach(view.sayInRoom)
  answer.directs.forEach(view.sayDirect)
  seen = {
    messages: answer.messages.at(-1)?.id ?? from.messages,
    directs: answer.directs.at(-1)?.id ?? from.directs,
  }
  later(answer.more ? 0 : syncEveryMs, () => seen && catchUp(seen))
}

function later(ms: number, what: () => void) {
  clearTimeout(timer)
  timer = setTimeout(what, ms)
}

view.onTop((before) => {
  const place = talkingTo ? { to: talkingTo.id } : { room: rooms.current() }
  return socket.emitWithAck('older', { ...place, before }).catch(() => noAnswer)
})

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
  later(syncEveryMs, () => socket.io.engine.close()) // No login by then: it was lost.
  socket.io.engine.once('upgrade', (transport) => view.note(`connected over ${transport.name}`))
})
