import { between, conversationsOf, directMessage, hasRead, keepDirect, other, sent } from './conversations.ts'
import { greet, hear, Refusal, type Chat, type Guest } from './hear.ts'

/** What two say to each other, and nobody else hears. */
export function directMessages(io: Chat, socket: Guest): void {
  const { id } = socket.data.person
  greet(socket, async () => void socket.emit('conversations', await conversationsOf(id)))

  hear(socket, 'direct message', directMessage, async ({ key, to, message }) => {
    if (await sent(id, key)) return // sent again: it is kept, and both were told
    const kept = await keepDirect(id, to, message, key)
    if (!kept) throw new Refusal('There is nobody to get this message.')
    if (kept === 'before') return // by another tab, at the same time
    io.to(`user:${to}`).emit('direct message', kept)
    io.to(`user:${id}`).emit('direct message', { ...kept, key }) // so that our page knows which one it is
    await tell(id)
    await tell(to)
  })

  hear(socket, 'direct history', other, async (them) => {
    const messages = await between(id, them)
    if (await hasRead(id, them)) await tell(id)
    return { messages }
  })

  hear(socket, 'direct read', other, async (them) => {
    if (await hasRead(id, them)) await tell(id)
  })

  /** All tabs of one person. */
  async function tell(person: number) {
    io.to(`user:${person}`).emit('conversations', await conversationsOf(person))
  }
}
