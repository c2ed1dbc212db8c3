import { io, type Socket } from 'socket.io-client'
import type { Answer, ClientEvents, ServerEvents } from '../events.ts'
import * as view from './view.ts'

const socket: Socket<ServerEvents, ClientEvents> = io({ ackTimeout: 5_000 }) // ms
const noAnswer: Answer = { ok: false, error: 'The server did not answer: try again.' }
let myName = ''

socket.on('connect', () => {
  view.note(`connected over ${socket.io.engine.transport.name}`)
  if (myName) enter(myName) // The server knows connections, not people: to it, this one is new.
})

socket.on('disconnect', () => view.note('reconnecting…'))
socket.on('connect_error', () => view.note('reconnecting…'))
socket.on('refused', ({ error }) => view.complain(error))

socket.on('login', ({ numUsers }) => view.showOnline(numUsers))
socket.on('user joined', ({ username, numUsers }) => view.announce(`${username} joined`, numUsers))
socket.on('user left', ({ username, numUsers }) => view.announce(`${username} left`, numUsers))
socket.on('new message', ({ username, message }) => view.say(username, message))

view.door.addEventListener('submit', (event) => {
  event.preventDefault() // stay on this page
  enter(view.nameInput.value.trim())
})

async function enter(name: string) {
  const answer = await socket.emitWithAck('add user', name).catch(() => noAnswer)
  myName = answer.ok ? name : ''
  if (answer.ok) view.letIn()
  else view.keepOut(answer.error)
}

view.form.addEventListener('submit', async (event) => {
  event.preventDefault() // stay on this page
  const message = view.input.value.trim()
  if (!message || !socket.connected) return // without a connection it stays in the box
  view.input.value = ''
  const answer = await socket.emitWithAck('new message', message).catch(() => noAnswer)
  if (answer.ok) view.say(myName, message, 'mine')
  else view.giveBack(message, answer.error)
})

socket.io.on('open', () => {
  socket.io.engine.once('upgrade', (transport) => view.note(`connected over ${transport.name}`))
})
