import { DatabaseError } from './database.ts'
import type { Guest } from './hear.ts'
import { logError } from './log.ts'
import { personOf } from './people.ts'
import { tabsOf } from './presence.ts'

const maxTabs = 20 // of one person, on all servers together

/**
 * Lets a connection in whose session is somebody's, and turns the others away. When the database does not answer, the connection
 * is closed, and the page tries again by itself.
 *
 * @param next is called without an error for who is let in
 */
export function letIn(socket: Guest, next: (error?: Error) => void): void {
  // Read anew, and not from the handshake: in between, it may have ended.
  socket.request.session.reload((missing: unknown) => {
    refusal(socket, missing).then(next, (error: unknown) => {
      logError(error)
      socket.conn.close()
    })
  })
}

/** Why somebody is not let in; undefined for who is. */
async function refusal(socket: Guest, missing: unknown): Promise<Error | undefined> {
  if (missing instanceof DatabaseError) throw missing
  const person = missing ? undefined : await personOf(socket.request.session)
  if (!person) return Object.assign(new Error('Log in first.'), { data: { code: 'unauthorized' } })
  if (tabsOf(person.id) >= maxTabs) return new Error(`You have ${maxTabs} tabs open: close one first.`)
  socket.data.person = person
  return undefined
}
