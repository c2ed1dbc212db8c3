import { between, conversationsOf, directMessage, hasRead, keepDirect, other, sent } from './conversations.ts'
import { hear, Refusal, type Chat, type Guest } from './hear.ts'

/** What two say to each other, and nobody else hears. */
export function directMessages(io: Chat, socket: Guest): void {
  const { id } = socket.data.person
  socket.emit('conversations', conversationsOf(id))

  hear(socket, 'direct message', directMessage, ({ key, to, message }) => {
    if (sent(id, key)) return // sent again: it is kept, and both were told
    const kept = keepDirect(id, to, message, key)
    if (!kept) throw new Refusal('There is nobody to get this message.')
    io.to(`user:${to}`).emit('direct message', kept)
    io.to(`user:${id}`).emit('direct message', { ...kept, key }) // so that our page knows which one it is
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
