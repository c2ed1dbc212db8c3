import { older, seen } from './asked.ts'
import { between, directsSince } from './conversations.ts'
import { hear, Refusal, type Guest } from './hear.ts'
import { historyOf, isMember, messagesSince } from './room-table.ts'

const maxAtOnce = 200 // messages in one answer

/** What a page has missed, and what was said before all that it shows. */
export function catchUp(socket: Guest): void {
  const { id } = socket.data.person

  hear(socket, 'sync', seen, (has) => {
    const messages = messagesSince(has.messages, id, maxAtOnce)
    const directs = directsSince(has.directs, id, maxAtOnce - messages.length)
    return { messages, directs, more: messages.length + directs.length === maxAtOnce }
  })

  hear(socket, 'older', older, (wanted) => {
    if ('to' in wanted) return { messages: [], directs: between(id, wanted.to, wanted.before) }
    if (!isMember(wanted.room, id)) throw new Refusal('You are not in this room.')
    return { messages: historyOf(wanted.room, wanted.before), directs: [] }
  })
}
