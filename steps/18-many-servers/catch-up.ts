import { older, seen } from './asked.ts'
import { between, directsSince } from './conversations.ts'
import { hear, Refusal, type Guest } from './hear.ts'
import { historyOf, messagesSince } from './message-table.ts'
import { isMember } from './room-table.ts'

const maxAtOnce = 200 // messages in one answer

/** What a page has missed, and what was said before all that it shows. */
export function catchUp(socket: Guest): void {
  const { id } = socket.data.person

  hear(socket, 'sync', seen, async (has) => {
    const messages = await messagesSince(has.messages, id, maxAtOnce)
    const directs = await directsSince(has.directs, id, maxAtOnce - messages.length)
    return { messages, directs, more: messages.length + directs.length === maxAtOnce }
  })

  hear(socket, 'older', older, async (wanted) => {
    if ('to' in wanted) return { messages: [], directs: await between(id, wanted.to, wanted.before) }
    if (!(await isMember(wanted.room, id))) throw new Refusal('You are not in this room.')
    return { messages: await historyOf(wanted.room, wanted.before), directs: [] }
  })
}
