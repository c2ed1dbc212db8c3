import { join } from 'node:path'
import Database from 'better-sqlite3'
import { dataFolder } from '#shared/serve/data'

/** The file that everything is kept in, with its tables. */
export const database = open(join(dataFolder(import.meta.dirname), 'chat.db'))

database.exec(`
  CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    username TEXT NOT NULL,
    message TEXT NOT NULL,
    at INTEGER NOT NULL -- ms since 1970
  );
  CREATE TABLE IF NOT EXISTS accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    username TEXT NOT NULL UNIQUE, -- what one logs in with, in lower case
    display_name TEXT NOT NULL, -- what the others see
    display_key TEXT NOT NULL UNIQUE, -- the same in lower case: Ann and ann would fool Ben
    password_hash TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY,
    content TEXT NOT NULL, -- JSON
    expires_at INTEGER NOT NULL -- ms since 1970
  );
  CREATE INDEX IF NOT EXISTS sessions_expire ON sessions (expires_at);
  CREATE TABLE IF NOT EXISTS direct_messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    from_id INTEGER NOT NULL REFERENCES accounts (id),
    to_id INTEGER NOT NULL REFERENCES accounts (id),
    message TEXT NOT NULL,
    at INTEGER NOT NULL, -- ms since 1970
    is_read INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX IF NOT EXISTS direct_messages_between ON direct_messages (from_id, to_id);
  CREATE TABLE IF NOT EXISTS rooms (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- a number that was given once is never given again
    name TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE -- the same in lower case
  );
  CREATE TABLE IF NOT EXISTS room_members (
    room_id INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (room_id, account_id)
  );
  CREATE INDEX IF NOT EXISTS room_members_of ON room_members (account_id);
  INSERT OR IGNORE INTO rooms VALUES (1, 'General', 'general');
  INSERT OR IGNORE INTO room_members (room_id, account_id) SELECT 1, id FROM accounts; -- from before there were rooms
  CREATE TRIGGER IF NOT EXISTS all_in_general AFTER INSERT ON accounts BEGIN
    INSERT INTO room_members (room_id, account_id) VALUES (1, new.id);
  END;
  CREATE TABLE IF NOT EXISTS posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    at INTEGER NOT NULL -- ms since 1970
  );
  CREATE TABLE IF NOT EXISTS boards_seen (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
    post_id INTEGER NOT NULL -- the newest post when they last looked
  );
  CREATE TABLE IF NOT EXISTS secrets (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  )
`)

// Everything that was said before there were rooms was said in the first one.
const columns = database.pragma('table_info(messages)') as { name: string }[]
if (!columns.some(({ name }) => name === 'room_id')) {
  database.exec('ALTER TABLE messages ADD COLUMN room_id INTEGER NOT NULL DEFAULT 1')
}
database.exec('CREATE INDEX IF NOT EXISTS messages_of ON messages (room_id, id)')

// Up to which message each member has read: 0 for none. What was said before this was counted is not new to anybody.
const memberColumns = database.pragma('table_info(room_members)') as { name: string }[]
if (!memberColumns.some(({ name }) => name === 'read_id')) {
  database.exec(`
    ALTER TABLE room_members ADD COLUMN read_id INTEGER NOT NULL DEFAULT 0;
    UPDATE room_members SET read_id =
      (SELECT ifnull(max(id), 0) FROM messages WHERE messages.room_id = room_members.room_id)
  `)
}

// A message has a key that its page has made. The same person's same key is the same message. Older ones have none.
for (const table of ['messages', 'direct_messages']) {
  const known = database.pragma(`table_info(${table})`) as { name: string }[]
  if (known.some(({ name }) => name === 'key')) continue
  if (table === 'messages') database.exec('ALTER TABLE messages ADD COLUMN from_id INTEGER')
  database.exec(`
    ALTER TABLE ${table} ADD COLUMN key TEXT;
    CREATE UNIQUE INDEX ${table}_once ON ${table} (from_id, key);
  `)
}
process.once('exit', () => database.close())

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
