import { z } from 'zod'
import { database } from './database.ts'
import type { Kept } from './events.ts'
import { hear, Refusal, type Guest } from './hear.ts'
import { nameOf } from './names.ts'

const maxHistoryLength = 50 // messages
const name = nameOf('A name', 14)
const text = z
  .string('A message is a text of 1 to 2000 characters.')
  .max(2_000, 'A message is a text of 1 to 2000 characters.')
  .refine((message) => message.trim() !== '', 'A message is a text of 1 to 2000 characters.')

// The question marks are filled in by SQLite, which never takes what stands there for SQL.
const keep = database.prepare('INSERT INTO messages (username, message, at) VALUES (?, ?, ?)')
const newest = database.prepare<[number], Kept>('SELECT * FROM messages ORDER BY id DESC LIMIT ?')

const taken = new Set<string>() // the names of all who are here, in lower case: one set for everybody

/** What a guest can say, and what the others hear of it. */
export function chat(socket: Guest): void {
  let username: string | undefined // one per guest: declared outside, all guests would share it

  hear(socket, 'add user', name, (wanted) => {
    if (username) throw new Refusal(`You are ${username} already.`)
    if (taken.has(wanted.toLowerCase())) throw new Refusal(`Somebody here is called ${wanted} already.`)
    const history = newest.all(maxHistoryLength).toReversed()

    username = wanted
    taken.add(wanted.toLowerCase())
    socket.emit('login', { numUsers: taken.size })
    socket.emit('history', history)
    socket.broadcast.emit('user joined', { username, numUsers: taken.size })
    console.log('%s joined', JSON.stringify(username))
  })

  hear(socket, 'new message', text, (message) => {
    if (!username) throw new Refusal('Choose a name before you speak.')
    keep.run(username, message, Date.now()) // first of all: what is announced must not be forgotten
    socket.broadcast.emit('new message', { username, message })
  })

  // Nobody is refused here: when one of these two is lost, or comes too early, nothing is lost with it.
  socket.on('typing', () => {
    if (username) socket.broadcast.emit('typing', { username })
  })

  socket.on('stop typing', () => {
    if (username) socket.broadcast.emit('stop typing', { username })
  })

  socket.on('disconnect', () => {
    if (!username) return
    taken.delete(username.toLowerCase())
    socket.broadcast.emit('user left', { username, numUsers: taken.size })
    console.log('%s left', JSON.stringify(username))
  })
}
