import { join } from 'node:path'
import Database from 'better-sqlite3'

/** What a program from step 8 on has kept of all that was said, in the order in which it was kept. */
export function messagesIn({ dataDir }: { dataDir: string }): string[] {
  const database = new Database(join(dataDir, 'chat.db'), { readonly: true })
  const rows = database.prepare<[], { message: string }>('SELECT message FROM messages ORDER BY id').all()
  database.close()
  return rows.map(({ message }) => message)
}
