import { io, type Socket } from 'socket.io-client'
import type { ClientEvents, ServerEvents } from '../events.ts'

const state = document.querySelector<HTMLElement>('#state')!
const log = document.querySelector<HTMLElement>('[role=log]')!
const messages = document.querySelector<HTMLElement>('#messages')!
const form = document.querySelector<HTMLFormElement>('form')!
const input = document.querySelector<HTMLInputElement>('#text')!
const problem = document.querySelector<HTMLElement>('#problem')!

const socket: Socket<ServerEvents, ClientEvents> = io('/test')

form.addEventListener('submit', (event) => {
  event.preventDefault() // stay on this page
  const data = input.value.trim()
  if (!data || !socket.connected) return
  socket.emit(chosen(event), { data })
  input.value = ''
  problem.textContent = ''
})

socket.io.on('open', () => {
  socket.io.engine.once('upgrade', (transport) => note(`connected over ${transport.name}`))
})

socket.on('connect', () => {
  note(`connected over ${socket.io.engine.transport.name}`)
  socket.emit('send_to_self', { data: "I'm connected!" })
})

socket.on('disconnect', () => note('reconnecting…'))
socket.on('connect_error', () => note('reconnecting…'))
socket.on('display_message', ({ data, count }) => show(`#${count} ${data}`))
socket.on('refused', ({ error }) => {
  problem.textContent = error
})

/** Each button carries the event that it sends. */
function chosen({ submitter }: SubmitEvent): keyof ClientEvents {
  const value = submitter instanceof HTMLButtonElement ? submitter.value : ''
  if (value === 'send_to_all' || value === 'send_to_others') return value
  return 'send_to_self'
}

function note(text: string) {
  state.textContent = text
  document.body.dataset.state = text // style.css draws the wire by it
}

function show(text: string) {
  const line = document.createElement('li')
  line.textContent = text // not innerHTML: a guest could send a <script>
  messages.append(line)
  log.scrollTop = log.scrollHeight
}
