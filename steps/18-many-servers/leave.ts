import { closeDatabase } from './database.ts'
import { sayNotReady } from './health.ts'
import { finish, type Chat } from './hear.ts'

/**
 * Leaves without a loss: what was begun is finished, and pages go elsewhere. People stay in the list: they are on another
 * server before the others notice that this one is gone.
 *
 * @param closed settles when all connections are closed; no new one comes in any more
 */
export async function leave(io: Chat, closed: Promise<unknown>): Promise<void> {
  sayNotReady()
  await finish()
  closeAll(io)
  await closed
  await closeDatabase()
}

/** Closes every guest's connection to this server. Their pages connect again by themselves, here or elsewhere. */
export function closeAll(io: Chat): void {
  for (const socket of io.sockets.sockets.values()) socket.conn.close()
}
