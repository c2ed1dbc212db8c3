import { newestDirect } from './conversations.ts'
import { hear, Refusal, type Chat, type Guest } from './hear.ts'
import { peopleOnline, tabClosed, tabOpened } from './presence.ts'
import { isMember, keepMessage, keptBefore, newestMessage, roomMessage } from './room-table.ts'

/** What somebody can say, and what the others hear of it. */
export function chat(io: Chat, socket: Guest): void {
  const { person } = socket.data
  const { username } = person // from the session: whatever they send, this is who they are
  const mine = `user:${person.id}` // all of this person's tabs

  void socket.join(mine)
  if (tabOpened(person)) {
    socket.broadcast.emit('user joined', { username, numUsers: peopleOnline().length })
    socket.broadcast.emit('users', peopleOnline())
    console.log('%s joined', JSON.stringify(username))
  }
  const newest = { messages: newestMessage(), directs: newestDirect() }
  socket.emit('login', { ...person, numUsers: peopleOnline().length, newest })
  socket.emit('users', peopleOnline())

  hear(socket, 'new message', roomMessage, ({ key, room, message }) => {
    const before = keptBefore(person.id, key)
    if (before) return { id: before.id, at: before.at } // sent again: the same answer, and nobody hears it twice
    if (!isMember(room, person.id)) throw new Refusal('You are not in this room.')
    const kept = keepMessage(room, username, message, person.id, key) // first of all: what is announced must not be forgotten
    socket.to(`room:${room}`).emit('new message', kept)
    return { id: kept.id, at: kept.at }
  })

  socket.on('disconnect', () => {
    tabClosed(person, () => {
      io.emit('user left', { username, numUsers: peopleOnline().length })
      io.emit('users', peopleOnline())
      console.log('%s left', JSON.stringify(username))
    })
  })
}
