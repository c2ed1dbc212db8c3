import { z } from 'zod'
import { database } from './database.ts'
import type { Kept } from './events.ts'
import { hear, type Chat, type Guest } from './hear.ts'
import { peopleOnline, tabClosed, tabOpened } from './presence.ts'

const maxHistoryLength = 50 // messages
export const text = z
  .string('A message is a text of 1 to 2000 characters.')
  .max(2_000, 'A message is a text of 1 to 2000 characters.')
  .refine((message) => message.trim() !== '', 'A message is a text of 1 to 2000 characters.')

// The question marks are filled in by SQLite, which never takes what stands there for SQL.
const keep = database.prepare('INSERT INTO messages (username, message, at) VALUES (?, ?, ?)')
const newest = database.prepare<[number], Kept>('SELECT * FROM messages ORDER BY id DESC LIMIT ?')

/** What somebody can say, and what the others hear of it. */
export function chat(io: Chat, socket: Guest): void {
  const { person } = socket.data
  const { username } = person // from the session: whatever they send, this is who they are
  const mine = `user:${person.id}` // all of this person's tabs
  const history = newest.all(maxHistoryLength).toReversed()
  let isTyping = false

  void socket.join(mine)
  if (tabOpened(person)) {
    socket.broadcast.emit('user joined', { username, numUsers: peopleOnline().length })
    socket.broadcast.emit('users', peopleOnline())
    console.log('%s joined', JSON.stringify(username))
  }
  socket.emit('login', { ...person, numUsers: peopleOnline().length })
  socket.emit('history', history)
  socket.emit('users', peopleOnline())

  hear(socket, 'new message', text, (message) => {
    keep.run(username, message, Date.now()) // first of all: what is announced must not be forgotten
    socket.broadcast.emit('new message', { username, message })
  })

  // Nobody is refused here: when one of these two is lost, nothing is lost with it.
  socket.on('typing', () => {
    isTyping = true
    socket.broadcast.except(mine).emit('typing', { username })
  })

  socket.on('stop typing', () => {
    isTyping = false
    socket.broadcast.except(mine).emit('stop typing', { username })
  })

  socket.on('disconnect', () => {
    // This tab is gone, and the person may have others.
    if (isTyping) socket.broadcast.except(mine).emit('stop typing', { username })
    tabClosed(person, () => {
      io.emit('user left', { username, numUsers: peopleOnline().length })
      io.emit('users', peopleOnline())
      console.log('%s left', JSON.stringify(username))
    })
  })
}
