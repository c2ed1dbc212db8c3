import { io, type Socket } from 'socket.io-client'
import type { Answer, ClientEvents, ServerEvents } from '../events.ts'

const state = document.querySelector<HTMLElement>('#state')!
const online = document.querySelector<HTMLElement>('#online')!
const log = document.querySelector<HTMLElement>('[role=log]')!
const messages = document.querySelector<HTMLElement>('#messages')!
const door = document.querySelector<HTMLFormElement>('#door')!
const nameInput = document.querySelector<HTMLInputElement>('#name')!
const objection = document.querySelector<HTMLElement>('#objection')!
const typists = document.querySelector<HTMLElement>('#typing')!
const chat = document.querySelector<HTMLFormElement>('#chat')!
const input = document.querySelector<HTMLInputElement>('#text')!
const problem = document.querySelector<HTMLElement>('#problem')!

const socket: Socket<ServerEvents, ClientEvents> = io()
const patienceMs = 5_000
const pauseMs = 400 // so long without a key, and somebody has stopped typing
const rows = new Map<string, HTMLElement>() // who is typing, by name: one row a person
let myName = ''
let typing = false
let pause: ReturnType<typeof setTimeout>

door.addEventListener('submit', (event) => {
  event.preventDefault() // stay on this page
  enter(nameInput.value.trim())
})

chat.addEventListener('submit', (event) => {
  event.preventDefault()
  const message = input.value.trim()
  if (!message || !socket.connected) return // without a connection it stays in the box
  input.value = ''
  problem.textContent = ''
  stopTyping()
  socket.timeout(patienceMs).emit('new message', message, (_lost, answer?: Answer) => {
    if (answer?.ok) return say(myName, message)
    problem.textContent = whyNot(answer)
    if (!input.value) input.value = message
  })
})

input.addEventListener('input', () => {
  if (!socket.connected) return
  if (!typing) socket.emit('typing')
  typing = true
  clearTimeout(pause)
  pause = setTimeout(stopTyping, pauseMs)
})

socket.io.on('open', () => {
  socket.io.engine.once('upgrade', (transport) => note(`connected over ${transport.name}`))
})

socket.on('connect', () => {
  note(`connected over ${socket.io.engine.transport.name}`)
  if (myName) enter(myName) // The server knows connections, not people: to it, this one is new.
})

socket.on('disconnect', () => {
  note('reconnecting…')
  typing = false
  for (const username of rows.keys()) removeRow(username) // If somebody stops now, we shall not hear it.
})
socket.on('connect_error', () => note('reconnecting…'))
socket.on('refused', ({ error }) => {
  problem.textContent = error
})

socket.on('login', ({ numUsers }) => count(numUsers))
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
  removeRow(username)
  say(username, message)
})
socket.on('typing', ({ username }) => addRow(username))
socket.on('stop typing', ({ username }) => removeRow(username))

function stopTyping() {
  clearTimeout(pause)
  if (typing && socket.connected) socket.emit('stop typing')
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

function enter(name: string) {
  socket.timeout(patienceMs).emit('add user', name, (_lost, answer?: Answer) => {
    myName = answer?.ok ? name : ''
    door.hidden = myName !== ''
    chat.hidden = myName === ''
    objection.textContent = whyNot(answer)
    if (myName) input.focus()
  })
}

/** Empty when the answer is yes; no answer at all means that the connection broke, or the server hangs. */
function whyNot(answer?: Answer) {
  if (!answer) return 'The server did not answer: try again.'
  return answer.ok ? '' : answer.error
}

function count(numUsers: number) {
  online.textContent = numUsers === 1 ? "there's 1 participant" : `there are ${numUsers} participants`
}

function say(username: string, message: string) {
  const line = show(message, username === myName ? 'mine' : 'theirs')
  const name = document.createElement('b')
  name.textContent = username // text, never HTML: a guest may be called <script>
  name.style.setProperty('--colour', colourOf(username))
  line.prepend(name)
}

function show(text: string, kind: string) {
  const line = document.createElement('li')
  line.textContent = text
  line.className = kind
  messages.append(line)
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
  let hash = 7
  for (let i = 0; i < username.length; i++) hash = username.charCodeAt(i) + (hash << 5) - hash
  return palette[Math.abs(hash % palette.length)]!
}
