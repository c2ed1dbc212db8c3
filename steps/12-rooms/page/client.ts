import { io, type Socket } from 'socket.io-client'
import type {
  Answer,
  ClientEvents,
  Conversation,
  Direct,
  Person,
  Room,
  RoomMessage,
  ServerEvents,
} from '../events.ts'

const state = document.querySelector<HTMLElement>('#state')!
const online = document.querySelector<HTMLElement>('#online')!
const log = document.querySelector<HTMLElement>('[role=log]')!
const messages = document.querySelector<HTMLElement>('#messages')!
const people = document.querySelector<HTMLElement>('#people')!
const typists = document.querySelector<HTMLElement>('#typing')!
const rooms = document.querySelector<HTMLElement>('#rooms ul')!
const newRoom = document.querySelector<HTMLFormElement>('#rooms form')!
const roomInput = document.querySelector<HTMLInputElement>('#room')!
const leave = document.querySelector<HTMLButtonElement>('#leave')!
const away = document.querySelector<HTMLElement>('#away')!
const privately = document.querySelector<HTMLElement>('#between')!
const unread = document.querySelector<HTMLElement>('#unread')!
const logout = document.querySelector<HTMLFormElement>('#logout')!
const chat = document.querySelector<HTMLFormElement>('#chat')!
const input = document.querySelector<HTMLInputElement>('#text')!
const problem = document.querySelector<HTMLElement>('#problem')!

const socket: Socket<ServerEvents, ClientEvents> = io()
interface Place {
  person?: number
  room?: number
}
const everyone: Place = {}

const patienceMs = 5_000
const pauseMs = 400 // so long without a key, and somebody has stopped typing
const rows = new Map<string, HTMLElement>() // who is typing, by name: one row a person
const lists = new Map([[keyOf(everyone), messages]]) // one list of lines for each place where one can talk
let here: Person[] = []
let conversations: Conversation[] = []
let place = everyone
let myName = ''
let typing = false
let pause: ReturnType<typeof setTimeout>

logout.addEventListener('submit', () => socket.disconnect()) // or being cut off, later, would lead to the door a second time

chat.addEventListener('submit', (event) => {
  event.preventDefault()
  const message = input.value.trim()
  if (!message || !socket.connected) return // without a connection it stays in the box
  input.value = ''
  problem.textContent = ''
  stopTyping()
  const { person, room } = place
  const isPublic = person === undefined && room === undefined
  const whenAnswered = (_lost: Error | null, answer?: Answer) => {
    if (answer?.ok) return isPublic && say(myName, message) // What is said elsewhere comes back to all of one's tabs.
    problem.textContent = whyNot(answer)
    if (!input.value) input.value = message
  }
  if (isPublic) socket.timeout(patienceMs).emit('new message', message, whenAnswered)
  if (person !== undefined)
    socket.timeout(patienceMs).emit('direct message', { to: person, message }, whenAnswered)
  if (room !== undefined) socket.timeout(patienceMs).emit('room message', { room, message }, whenAnswered)
})

privately.querySelector('button')!.addEventListener('click', () => goTo(everyone))

newRoom.addEventListener('submit', (event) => {
  event.preventDefault()
  const name = roomInput.value.trim()
  if (!name || !socket.connected) return
  socket.timeout(patienceMs).emit('create room', name, (_lost, answer) => {
    problem.textContent = whyNot(answer)
    if (!answer?.ok) return
    roomInput.value = ''
    goTo({ room: answer.id }, `In ${name}`)
  })
})

leave.addEventListener('click', () => {
  const { room } = place
  if (room === undefined) return
  socket.timeout(patienceMs).emit('leave room', room, (_lost, answer?: Answer) => {
    problem.textContent = whyNot(answer)
    if (answer?.ok) goTo(everyone)
  })
})

input.addEventListener('input', () => {
  if (!socket.connected || place.person !== undefined) return // Everybody would see that one types, and wait.
  if (!typing && place.room !== undefined) socket.emit('room typing', place.room)
  else if (!typing) socket.emit('typing')
  typing = true
  clearTimeout(pause)
  pause = setTimeout(stopTyping, pauseMs)
})

socket.io.on('open', () => {
  socket.io.engine.once('upgrade', (transport) => note(`connected over ${transport.name}`))
})

socket.on('connect', () => {
  note(`connected over ${socket.io.engine.transport.name}`)
})

socket.on('disconnect', (reason) => {
  if (reason === 'io server disconnect') return toTheDoor() // logged out, perhaps in another tab
  note('reconnecting…')
  typing = false
  for (const username of rows.keys()) removeRow(username) // If somebody stops now, we shall not hear it.
})
socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
  if (error.data?.code === 'unauthorized') toTheDoor()
  else note('reconnecting…')
})
socket.on('refused', ({ error }) => {
  problem.textContent = error
})

socket.on('login', ({ username, numUsers }) => {
  myName = username
  chat.hidden = false
  count(numUsers)
  input.focus()
  openHistory() // after a reconnect: what was said in between
  void countUnread()
})
socket.on('rooms', (all) => {
  draw(rooms, [roomRow(), ...all.map(roomRow)])
  const isIn = all.some(({ id, isMember }) => isMember && id === place.room)
  if (place.room !== undefined && !isIn) goTo(everyone) // left it, in another tab
})
socket.on('room members', ({ room, members }) => {
  if (room === place.room) showMembers(members)
})
socket.on('room message', (said) => {
  if (said.room === place.room) {
    removeRow(said.username)
    sayInRoom(said)
  }
})
socket.on('room typing', ({ room, username }) => {
  if (room === place.room) addRow(username)
})
socket.on('stop room typing', ({ room, username }) => {
  if (room === place.room) removeRow(username)
})
socket.on('post published', ({ title, author }) => {
  show(`${author} has put “${title}” on the board`, 'news')
  void countUnread()
})
window.addEventListener('focus', () => void countUnread()) // The board may have been read in another tab.
socket.on('users', (users) => {
  here = users
  showPeople()
})
socket.on('conversations', (all) => {
  conversations = all
  showPeople()
})
socket.on('direct message', (direct) => {
  const other = otherOf(direct)
  if (other === place.person) {
    sayPrivately(direct)
    if (direct.from === other) socket.emit('direct read', other)
  }
})
socket.on('history', (kept) => {
  messages.replaceChildren() // Some of it may stand here already: after a reconnect, all of it does.
  const [oldest] = kept
  if (oldest) show(`since ${new Date(oldest.at).toLocaleString()}`, 'news')
  for (const { username, message } of kept) say(username, message)
})
socket.on('user joined', ({ username, numUsers }) => {
  show(`${username} joined`, 'news')
  count(numUsers)
})
socket.on('user left', ({ username, numUsers }) => {
  show(`${username} left`, 'news')
  count(numUsers)
  removeRow(username)
})
socket.on('new message', ({ username, message }) => {
  if (place === everyone) removeRow(username)
  say(username, message)
})
socket.on('typing', ({ username }) => {
  if (place === everyone) addRow(username)
})
socket.on('stop typing', ({ username }) => {
  if (place === everyone) removeRow(username)
})

function stopTyping() {
  clearTimeout(pause)
  if (typing && socket.connected && place.room !== undefined) socket.emit('stop room typing', place.room)
  else if (typing && socket.connected) socket.emit('stop typing')
  typing = false
}

function addRow(username: string) {
  if (rows.has(username)) return
  const row = document.createElement('li')
  row.textContent = `${username} is typing`
  rows.set(username, row)
  typists.append(row)
}

function removeRow(username: string) {
  rows.get(username)?.remove()
  rows.delete(username)
}

function toTheDoor() {
  location.assign('/login')
}

/** Asked anew each time, and not counted here: the server knows what was read, in whichever tab. */
async function countUnread() {
  const response = await fetch('/board/unread')
  if (!response.ok) return
  const { posts }: { posts: number } = await response.json()
  unread.textContent = posts === 0 ? '' : `${posts} new`
}

/** Who is here, and below them those with whom one has talked, and who are not. */
function showPeople() {
  const isHere = new Set(here.map(({ id }) => id))
  draw(people, here.map(personRow))
  draw(away, conversations.filter(({ id }) => !isHere.has(id)).map(personRow))
}

function personRow({ id, username }: Person) {
  const row = document.createElement('li')
  if (username === myName) {
    row.append(nameTag(username))
    return row
  }
  const button = document.createElement('button')
  button.type = 'button'
  button.dataset.key = String(id)
  button.append(nameTag(username))
  button.addEventListener('click', () => goTo({ person: id }, `Between you and ${username}`))
  const unseen = conversations.find((one) => one.id === id)?.unread ?? 0
  if (unseen > 0) {
    const badge = document.createElement('small')
    badge.textContent = `${unseen} new`
    button.append(' ', badge)
  }
  row.append(button)
  return row
}

/** A room's row; without a room, the one for all. */
function roomRow(room?: Room) {
  const row = document.createElement('li')
  const button = document.createElement('button')
  button.type = 'button'
  button.dataset.key = String(room?.id ?? 'everyone')
  button.textContent = room ? `${room.name} ${room.members}` : 'General'
  if (room && !room.isMember) button.append(' · join')
  button.addEventListener('click', () => {
    if (!room) return goTo(everyone)
    const open = () => goTo({ room: room.id }, `In ${room.name}`)
    if (room.isMember) return open()
    socket.timeout(patienceMs).emit('join room', room.id, (_lost, answer?: Answer) => {
      problem.textContent = whyNot(answer)
      if (answer?.ok) open()
    })
  })
  row.append(button)
  return row
}

/** Shows one place, and its lines alone. */
function goTo(there: Place, title = '') {
  stopTyping()
  place = there
  for (const username of rows.keys()) removeRow(username) // Who types here is not known yet.
  if (!lists.has(keyOf(place))) lists.set(keyOf(place), newList())
  for (const [key, list] of lists) list.hidden = key !== keyOf(place)
  privately.hidden = place === everyone
  leave.hidden = place.room === undefined
  privately.querySelector('span')!.textContent = title
  privately.dataset.title = title
  input.focus()
  openHistory()
}

function openHistory() {
  const { person, room } = place
  const list = lists.get(keyOf(place))
  if (person !== undefined) {
    socket.timeout(patienceMs).emit('direct history', person, (_lost, answer) => {
      problem.textContent = whyNot(answer)
      if (!answer?.ok) return
      list?.replaceChildren()
      answer.messages.forEach(sayPrivately)
    })
  }
  if (room !== undefined) {
    socket.timeout(patienceMs).emit('room history', room, (_lost, answer) => {
      problem.textContent = whyNot(answer)
      if (!answer?.ok) return
      list?.replaceChildren()
      answer.messages.forEach(sayInRoom)
      if (room === place.room) showMembers(answer.members)
    })
  }
}

function showMembers(members: Person[]) {
  const names = members.map(({ username }) => username).join(', ')
  privately.querySelector('span')!.textContent = `${privately.dataset.title}: ${names}`
}

function sayInRoom({ room, username, message }: RoomMessage) {
  say(username, message, lists.get(keyOf({ room })))
}

function newList() {
  const list = document.createElement('ul')
  messages.after(list)
  return list
}

function keyOf({ person, room }: Place) {
  return `person ${person} room ${room}`
}

function otherOf({ from, to }: Direct) {
  return from === myId() ? to : from
}

function myId() {
  return here.find(({ username }) => username === myName)?.id
}

function sayPrivately(direct: Direct) {
  const other = otherOf(direct)
  const them = [...here, ...conversations].find(({ id }) => id === other)
  say(
    direct.from === other ? (them?.username ?? '') : myName,
    direct.message,
    lists.get(keyOf({ person: other })),
  )
}

/** Empty when the answer is yes; no answer at all means that the connection broke, or the server hangs. */
function whyNot(answer?: { ok: boolean; error?: string }) {
  if (!answer) return 'The server did not answer: try again.'
  return answer.error ?? ''
}

function count(numUsers: number) {
  online.textContent = numUsers === 1 ? "there's 1 participant" : `there are ${numUsers} participants`
}

function say(username: string, message: string, list = messages) {
  const line = show(message, username === myName ? 'mine' : 'theirs', list)
  line.prepend(nameTag(username))
}

function nameTag(username: string) {
  const name = document.createElement('b')
  name.textContent = username // text, never HTML: a guest may be called <script>
  name.style.setProperty('--colour', colourOf(username))
  name.prepend(avatarOf(username))
  return name
}

function show(text: string, kind: string, list = messages) {
  const line = document.createElement('li')
  line.textContent = text
  line.className = kind
  list.append(line)
  log.scrollTop = log.scrollHeight
  return line
}

function note(text: string) {
  state.textContent = text
  document.body.dataset.state = text // style.css draws the wire by it
}

const palette =
  '#e21400 #91580f #f8a700 #f78b00 #58dc00 #287b00 #a8f07a #4ae8c4 #3b88eb #3824aa #a700ff #d300e7'.split(' ')

/** The same name has the same colour on every screen, and nobody had to agree on it. */
function colourOf(username: string) {
  return palette[Math.abs(hashOf(username) % palette.length)]!
}

/** A face from the name: five by five squares, of which the right half mirrors the left. Nothing is uploaded or fetched. */
function avatarOf(username: string) {
  const face = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  face.setAttribute('viewBox', '0 0 5 5')
  face.setAttribute('aria-hidden', 'true') // The name beside it says it all.
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  const hash = hashOf(username)
  const squares = Array.from({ length: 15 }, (_, bit) => ({ x: bit % 3, y: Math.floor(bit / 3), bit }))
    .filter(({ bit }) => (hash >> bit) & 1)
    .flatMap(({ x, y }) => [`M${x} ${y}h1v1h-1z`, `M${4 - x} ${y}h1v1h-1z`])
  path.setAttribute('d', squares.join(''))
  face.append(path)
  return face
}

function hashOf(username: string) {
  let hash = 7
  for (let i = 0; i < username.length; i++) hash = username.charCodeAt(i) + (hash << 5) - hash
  return hash
}

/** Draws a list anew. Whoever is on one of its buttons by keyboard stays there. */
function draw(list: HTMLElement, items: HTMLElement[]) {
  const key = list.querySelector<HTMLElement>(':focus')?.dataset.key
  list.replaceChildren(...items)
  list.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus()
}
