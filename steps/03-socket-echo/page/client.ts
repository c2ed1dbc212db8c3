import { io, type Socket } from 'socket.io-client'
import type { ClientEvents, ServerEvents } from '../events.ts'
import * as view from './view.ts'

const socket: Socket<ServerEvents, ClientEvents> = io()

socket.on('connect', () => {
  view.note(`connected over ${socket.io.engine.transport.name}`)
  socket.emit('connect-ack', { messages: "I'm connected!" })
})

socket.on('disconnect', () => view.note('reconnecting…'))
socket.on('connect_error', () => view.note('reconnecting…'))
socket.on('echo', (text) => view.show(text))
socket.on('refused', ({ error }) => view.complain(error))

view.form.addEventListener('submit', (event) => {
  event.preventDefault() // stay on this page
  const text = view.input.value.trim()
  if (!text || !socket.connected) return // without a connection it stays in the box
  view.show(text, 'mine')
  socket.emit('echo', text)
  view.input.value = ''
})

socket.io.on('open', () => {
  const { engine } = socket.io // the connection below the socket: a new one after each reconnect
  const openedAt = performance.now()
  engine.once('upgrade', (transport) => {
    view.note(`connected over ${transport.name}`)
    view.show(`upgraded to ${transport.name} after ${Math.round(performance.now() - openedAt)} ms`, 'news')
  })
})
