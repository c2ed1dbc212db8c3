import { io, type Socket } from 'socket.io-client'
import type { ClientEvents, ServerEvents } from '../events.ts'
import * as view from './view.ts'

const socket: Socket<ServerEvents, ClientEvents> = io('/test')

socket.on('connect', () => {
  view.note(`connected over ${socket.io.engine.transport.name}`)
  socket.emit('send_to_self', { data: "I'm connected!" })
})

socket.on('disconnect', () => view.note('reconnecting…'))
socket.on('connect_error', () => view.note('reconnecting…'))
socket.on('display_message', ({ data, count }) => view.show(`#${count} ${data}`))
socket.on('refused', ({ error }) => view.complain(error))

view.form.addEventListener('submit', (event) => {
  event.preventDefault() // stay on this page
  const data = view.input.value.trim()
  if (!data || !socket.connected) return // without a connection it stays in the box
  socket.emit(chosen(event), { data })
  view.input.value = ''
})

/** Each button carries the event that it sends. */
function chosen({ submitter }: SubmitEvent): keyof ClientEvents {
  const value = submitter instanceof HTMLButtonElement ? submitter.value : ''
  if (value === 'send_to_all' || value === 'send_to_others') return value
  return 'send_to_self'
}

socket.io.on('open', () => {
  socket.io.engine.once('upgrade', (transport) => view.note(`connected over ${transport.name}`))
})
