import { hear, Refusal, type Chat, type Guest } from './hear.ts'
import { historyOf, isMember, markRead, membersOf, roomFor, roomId } from './room-table.ts'

/** What members find in a room: what was said, who is in it, who is typing, and what is new. */
export function insideRoom(io: Chat, socket: Guest): void {
  const { id, username } = socket.data.person
  const mine = `user:${id}` // all of this person's tabs
  let typingIn: number | undefined // a room's number

  hear(socket, 'room history', roomId, (room) => {
    read(room)
    return { messages: historyOf(room), members: membersOf(room) }
  })

  hear(socket, 'room read', roomId, read)

  function read(room: number) {
    if (!isMember(room, id)) throw new Refusal('You are not in this room.')
    if (markRead(room, id)) io.to(mine).emit('rooms', [roomFor(room, id)])
  }

  socket.on('typing', (wanted) => {
    const room = roomId.safeParse(wanted).data
    if (room === undefined || !isMember(room, id)) return
    if (typingIn !== room) stopTyping()
    typingIn = room
    socket.to(`room:${room}`).except(mine).emit('typing', { room, username })
  })

  socket.on('stop typing', stopTyping)
  socket.on('disconnect', stopTyping) // This tab is gone, and the person may have others.

  function stopTyping() {
    if (typingIn === undefined) return
    socket.to(`room:${typingIn}`).except(mine).emit('stop typing', { room: typingIn, username })
    typingIn = undefined
  }
}
