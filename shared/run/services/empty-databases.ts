import { Client } from 'pg'

/**
 * An empty database in a Postgres, and an empty one in a Redis, for servers that are to find nothing of others.
 *
 * @param number the same one is for the same servers; up to 511
 * @returns their addresses
 */
export async function emptyDatabases(postgres: { url: string }, redis: { url: string }, number: number) {
  const client = new Client({ connectionString: postgres.url })
  await client.connect()
  await client.query(`CREATE DATABASE chat_${number}`)
  await client.end()
  return {
    databaseUrl: postgres.url.replace(/\/postgres$/, `/chat_${number}`),
    redisUrl: `${redis.url}/${number}`,
  }
}
