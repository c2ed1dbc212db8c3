import { hear, Refusal, type Chat, type Guest } from './hear.ts'
import * as table from './room-table.ts'

/** Places for some, which people create, join and leave. */
export function rooms(io: Chat, socket: Guest): void {
  const { id, username } = socket.data.person
  const mine = `user:${id}` // all of this person's tabs
  const all = table.roomsFor(id)
  void socket.join(all.filter(({ isMember }) => isMember).map((room) => `room:${room.id}`))
  socket.emit('rooms', all)

  hear(socket, 'create room', table.roomName, (name) => {
    const room = table.createRoom(name, id)
    if (room === undefined) throw new Refusal(`There is a room ${name} already.`)
    io.in(mine).socketsJoin(`room:${room}`)
    tell(room)
    return { id: room }
  })

  hear(socket, 'join room', table.roomId, (room) => {
    if (!table.joinRoom(room, id)) throw new Refusal('There is no such room.')
    io.in(mine).socketsJoin(`room:${room}`)
    tell(room)
  })

  hear(socket, 'leave room', table.roomId, (room) => {
    if (!table.leaveRoom(room, id)) throw new Refusal('You cannot leave this room.')
    io.in(mine).socketsLeave(`room:${room}`)
    io.to(`room:${room}`).emit('stop typing', { room, username })
    tell(room)
  })

  /** Tells everybody what has changed, and not the whole list: there may be many rooms, and many people. */
  function tell(room: number) {
    io.to(`room:${room}`).emit('rooms', [{ ...table.roomOf(room), isMember: true }])
    io.to(`room:${room}`).emit('room members', { room, members: table.membersOf(room) })
    io.except(`room:${room}`).emit('rooms', [{ ...table.roomOf(room), isMember: false }])
  }
}
