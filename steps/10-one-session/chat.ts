import { z } from 'zod'
import { database } from './database.ts'
import type { Kept } from './events.ts'
import { hear, type Guest } from './hear.ts'

const maxHistoryLength = 50 // messages
const text = z
  .string('A message is a text of 1 to 2000 characters.')
  .max(2_000, 'A message is a text of 1 to 2000 characters.')
  .refine((message) => message.trim() !== '', 'A message is a text of 1 to 2000 characters.')

// The question marks are filled in by SQLite, which never takes what stands there for SQL.
const keep = database.prepare('INSERT INTO messages (username, message, at) VALUES (?, ?, ?)')
const newest = database.prepare<[number], Kept>('SELECT * FROM messages ORDER BY id DESC LIMIT ?')

let numUsers = 0 // connections that are open

/** What somebody can say, and what the others hear of it. */
export function chat(socket: Guest): void {
  const { id, username } = socket.data.person // from the session: whatever they send, this is who they are
  const history = newest.all(maxHistoryLength).toReversed()

  numUsers++
  socket.emit('login', { id, username, numUsers })
  socket.emit('history', history)
  socket.broadcast.emit('user joined', { username, numUsers })
  console.log('%s joined', JSON.stringify(username))

  hear(socket, 'new message', text, (message) => {
    keep.run(username, message, Date.now()) // first of all: what is announced must not be forgotten
    socket.broadcast.emit('new message', { username, message })
  })

  // Nobody is refused here: when one of these two is lost, nothing is lost with it.
  socket.on('typing', () => {
    socket.broadcast.emit('typing', { username })
  })

  socket.on('stop typing', () => {
    socket.broadcast.emit('stop typing', { username })
  })

  socket.on('disconnect', () => {
    numUsers--
    socket.broadcast.emit('user left', { username, numUsers })
    console.log('%s left', JSON.stringify(username))
  })
}
