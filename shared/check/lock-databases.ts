import Database from 'better-sqlite3'
import { filesIn } from './files-in.ts'

/**
 * Begins to write into all SQLite files below a folder, and does not come to an end, as a database browser with an unsaved edit.
 *
 * @param dir absolute
 * @returns what gives the files free again, as they were
 * @throws SqliteError when somebody else writes there
 */
export async function lockDatabases(dir: string): Promise<() => void> {
  const databases = (await databasesIn(dir)).map((file) => new Database(file))
  const release = () => {
    for (const database of databases) {
      if (database.inTransaction) database.exec('ROLLBACK')
      database.close()
    }
  }
  try {
    for (const database of databases) database.exec('BEGIN IMMEDIATE')
  } catch (error) {
    release()
    throw error
  }
  return release
}

/** The paths of the SQLite files below a folder, which begin alike: https://www.sqlite.org/fileformat.html */
async function databasesIn(dir: string): Promise<string[]> {
  const files = [...(await filesIn(dir))]
  return files.filter(([, text]) => text.startsWith('SQLite format 3\0')).map(([path]) => path)
}
