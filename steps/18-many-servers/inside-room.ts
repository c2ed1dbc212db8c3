import { hear, inTurn, Refusal, type Chat, type Guest } from './hear.ts'
import { historyOf } from './message-table.ts'
import { isMember, markRead, membersOf, roomFor, roomId } from './room-table.ts'

/** What members find in a room: what was said, who is in it, who is typing, and what is new. */
export function insideRoom(io: Chat, socket: Guest): void {
  const { id, username } = socket.data.person
  const mine = `user:${id}` // all of this person's tabs
  let typingIn: number | undefined // a room's number

  hear(socket, 'room history', roomId, async (room) => {
    await read(room)
    return { messages: await historyOf(room), members: await membersOf(room) }
  })

  hear(socket, 'room read', roomId, read)

  async function read(room: number) {
    if (!(await isMember(room, id))) throw new Refusal('You are not in this room.')
    if (await markRead(room, id)) io.to(mine).emit('rooms', [await roomFor(room, id)])
  }

  socket.on('typing', (wanted) =>
    inTurn(socket, async () => {
      const room = roomId.safeParse(wanted).data
      if (room === undefined || !(await isMember(room, id))) return
      if (typingIn !== room) await stopTyping()
      typingIn = room
      socket.to(`room:${room}`).except(mine).emit('typing', { room, username })
    }),
  )

  socket.on('stop typing', () => inTurn(socket, stopTyping))
  socket.on('disconnect', () => inTurn(socket, stopTyping)) // This tab is gone, and the person may have others.

  async function stopTyping() {
    if (typingIn === undefined) return
    socket.to(`room:${typingIn}`).except(mine).emit('stop typing', { room: typingIn, username })
    typingIn = undefined
  }
}
