import { newestDirect } from './conversations.ts'
import { greet, hear, Refusal, type Chat, type Guest } from './hear.ts'
import { keepMessage, keptBefore, newestMessage, roomMessage } from './message-table.ts'
import { peopleOnline, tabClosed, tabOpened } from './presence.ts'
import { isMember } from './room-table.ts'

/** What somebody can say, and what the others hear of it. */
export function chat(io: Chat, socket: Guest): void {
  const { person } = socket.data
  const { username } = person // from the session: whatever they send, this is who they are

  void socket.join(`user:${person.id}`) // all of this person's tabs
  tabOpened(person)
  socket.on('disconnect', () => tabClosed(person))

  greet(socket, async () => {
    const newest = { messages: await newestMessage(), directs: await newestDirect() }
    socket.emit('login', { ...person, numUsers: peopleOnline().length, newest })
    socket.emit('users', peopleOnline())
  })

  hear(socket, 'new message', roomMessage, async ({ key, room, message }) => {
    const before = await keptBefore(person.id, key)
    if (before) return { id: before.id, at: before.at } // sent again: the same answer, and nobody hears it twice
    if (!(await isMember(room, person.id))) throw new Refusal('You are not in this room.')
    const { kept, isNew } = await keepMessage(room, username, message, person.id, key) // first of all: what is announced must not be forgotten
    if (isNew) socket.to(`room:${room}`).emit('new message', kept) // It may have come to two servers at once.
    return { id: kept.id, at: kept.at }
  })
}
