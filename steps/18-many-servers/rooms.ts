import { greet, hear, Refusal, type Chat, type Guest } from './hear.ts'
import * as table from './room-table.ts'

/** Places for some, which people create, join and leave. */
export function rooms(io: Chat, socket: Guest): void {
  const { id, username } = socket.data.person
  const mine = `user:${id}` // all of this person's tabs

  greet(socket, async () => {
    const joined = await table.roomsOf(id)
    await socket.join(joined.map((room) => `room:${room}`))
    // Asked again: somebody may have left one in another tab just now, before this one was in it.
    const all = await table.roomsFor(id)
    const isIn = (wanted: number) => all.some(({ id: room, isMember }) => room === wanted && isMember)
    for (const room of joined) if (!isIn(room)) await socket.leave(`room:${room}`)
    socket.emit('rooms', all)
  })

  hear(socket, 'create room', table.roomName, async (name) => {
    const room = await table.createRoom(name, id)
    if (room === undefined) throw new Refusal(`There is a room ${name} already.`)
    io.in(mine).socketsJoin(`room:${room}`)
    await tell(room)
    return { id: room }
  })

  hear(socket, 'join room', table.roomId, async (room) => {
    if (!(await table.joinRoom(room, id))) throw new Refusal('There is no such room.')
    io.in(mine).socketsJoin(`room:${room}`)
    await tell(room)
  })

  hear(socket, 'leave room', table.roomId, async (room) => {
    if (!(await table.leaveRoom(room, id))) throw new Refusal('You cannot leave this room.')
    io.in(mine).socketsLeave(`room:${room}`)
    io.to(`room:${room}`).emit('stop typing', { room, username })
    await tell(room)
  })

  /** Tells everybody what has changed, and not the whole list: there may be many rooms, and many people. */
  async function tell(room: number) {
    const now = await table.roomOf(room)
    const members = await table.membersOf(room)
    io.to(`room:${room}`).emit('rooms', [{ ...now, isMember: true }])
    io.to(`room:${room}`).emit('room members', { room, members })
    io.except(`room:${room}`).emit('rooms', [{ ...now, isMember: false }])
  }
}
