import { hear, Refusal, type Chat, type Guest } from './hear.ts'
import { peopleOnline, tabClosed, tabOpened } from './presence.ts'
import { general, historyOf, isMember, keepMessage, roomMessage } from './room-table.ts'

/** What somebody can say, and what the others hear of it. */
export function chat(io: Chat, socket: Guest): void {
  const { person } = socket.data
  const { username } = person // from the session: whatever they send, this is who they are
  const mine = `user:${person.id}` // all of this person's tabs
  const history = historyOf(general)
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

  hear(socket, 'new message', roomMessage, ({ room, message }) => {
    if (!isMember(room, person.id)) throw new Refusal('You are not in this room.')
    const kept = keepMessage(room, username, message) // first of all: what is announced must not be forgotten
    socket.to(`room:${room}`).emit('new message', kept)
    return { id: kept.id, at: kept.at }
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
