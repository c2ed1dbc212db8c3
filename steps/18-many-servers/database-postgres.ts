import { Kysely, PostgresDialect } from 'kysely'
import { Pool, types } from 'pg'
import { logError } from './log.ts'

types.setTypeParser(types.builtins.INT8, Number) // It comes as a text otherwise. All of ours are below 2 ** 53.

/**
 * @param url `postgres://user:password@host:5432/database`
 * @param patienceMs how long a statement may take, or wait for others
 */
export function openPostgres(url: string, patienceMs = 5_000): Kysely<unknown> {
  const pool = new Pool({
    connectionString: url,
    max: 10, // connections of this server. Postgres has 100 for all servers, unless it is told otherwise
    keepAlive: true,
    connectionTimeoutMillis: 5_000, // so long a query waits for a connection
    statement_timeout: patienceMs,
    query_timeout: patienceMs + 1_000, // when the line is dead, and Postgres cannot say that it gave up
    idle_in_transaction_session_timeout: patienceMs, // a server that hangs must not keep others from writing
  })
  // Postgres has closed a connection. Without these two an "error" that nobody hears would end the program.
  pool.on('error', logError)
  pool.on('connect', (client) => client.on('error', logError))
  return new Kysely({ dialect: new PostgresDialect({ pool }) })
}
