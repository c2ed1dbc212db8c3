import { between, conversationsOf, directMessage, hasRead, keepDirect, other } from './conversations.ts'
import { hear, Refusal, type Chat, type Guest } from './hear.ts'

/** What two say to each other, and nobody else hears. */
export function directMessages(io: Chat, socket: Guest): void {
  const { id } = socket.data.person
  socket.emit('conversations', conversationsOf(id))

  hear(socket, 'direct message', directMessage, ({ to, message }) => {
    const kept = keepDirect(id, to, message)
    if (!kept) throw new Refusal('There is nobody to get this message.')
    io.to([`user:${id}`, `user:${to}`]).emit('direct message', kept)
    tell(id)
    tell(to)
  })

  hear(socket, 'direct history', other, (them) => {
    const messages = between(id, them)
    if (hasRead(id, them)) tell(id)
    return { messages }
  })

  hear(socket, 'direct read', other, (them) => {
    if (hasRead(id, them)) tell(id)
  })

  /** All tabs of one person. */
  function tell(person: number) {
    io.to(`user:${person}`).emit('conversations', conversationsOf(person))
  }
}
