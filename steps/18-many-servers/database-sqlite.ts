import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { dataFolder } from '#shared/serve/data'

/** The file chat.db in the folder for the data. One that cannot be used ends the program with exit code 1 and a sentence. */
export function openSqlite(): Kysely<unknown> {
  const file = join(dataFolder(import.meta.dirname), 'chat.db')
  const opened = open(file)
  process.once('exit', () => opened.close())
  return new Kysely({ dialect: new SqliteDialect({ database: opened }) })
}

function open(file: string) {
  try {
    const opened = new Database(file, { timeout: 100 }) // ms that we wait while another program writes into it
    opened.pragma('journal_mode = WAL') // who reads does not wait for who writes
    return opened
  } catch (error) {
    console.error(`${file} cannot be used: ${error instanceof Error ? error.message : error}.`)
    console.error('Move it away, or set DATA_DIR to a folder that you may write to.')
    process.exit(1)
  }
}
