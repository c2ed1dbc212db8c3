import { io, type Socket } from 'socket.io-client'
import type { ClientEvents, ServerEvents } from '../events.ts'

const state = document.querySelector<HTMLElement>('#state')!
const log = document.querySelector<HTMLElement>('[role=log]')!
const messages = document.querySelector<HTMLElement>('#messages')!
const form = document.querySelector<HTMLFormElement>('form')!
const input = document.querySelector<HTMLInputElement>('#text')!
const problem = document.querySelector<HTMLElement>('#problem')!

const socket: Socket<ServerEvents, ClientEvents> = io()

form.addEventListener('submit', (event) => {
  event.preventDefault() // stay on this page
  const text = input.value.trim()
  if (!text || !socket.connected) return
  show(text, 'mine')
  socket.emit('echo', text)
  input.value = ''
  problem.textContent = ''
})

socket.io.on('open', () => {
  const { engine } = socket.io // the connection below the socket: a new one after each reconnect
  const openedAt = performance.now()
  engine.once('upgrade', (transport) => {
    note(`connected over ${transport.name}`)
    show(`upgraded to ${transport.name} after ${Math.round(performance.now() - openedAt)} ms`, 'news')
  })
})

socket.on('connect', () => {
  note(`connected over ${socket.io.engine.transport.name}`)
  socket.emit('connect-ack', { messages: "I'm connected!" })
})

socket.on('disconnect', () => note('reconnecting…'))
socket.on('connect_error', () => note('reconnecting…'))
socket.on('echo', (text) => show(text))
socket.on('refused', ({ error }) => {
  problem.textContent = error
})

function note(text: string) {
  state.textContent = text
  document.body.dataset.state = text // style.css draws the wire by it
}

function show(text: string, kind = 'theirs') {
  const line = document.createElement('li')
  line.textContent = text // not innerHTML: a guest could send a <script>
  line.className = kind
  messages.append(line)
  log.scrollTop = log.scrollHeight
}
