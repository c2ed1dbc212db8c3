import express, { type Router } from 'express'
import { sql } from 'kysely'
import { hearsOthers } from './adapter.ts'
import { first } from './database.ts'
import { quickRedis, redis } from './redis.ts'

let isLeaving = false

/** What a load balancer asks: whether this process runs, and whether guests may be sent to it. */
export function health(): Router {
  const router = express.Router()

  router.get('/healthz', (_request, response) => void response.type('text').send('It runs.'))

  router.get('/readyz', async (_request, response) => {
    const problem = isLeaving ? 'it is being stopped' : await problemOf()
    response.status(problem ? 503 : 200).type('text')
    response.send(problem ? `Not ready: ${problem}.` : 'Ready.')
  })

  return router
}

/** From now on, no guests are to be sent here. */
export function sayNotReady(): void {
  isLeaving = true
}

async function problemOf(): Promise<string | undefined> {
  const [database, isRedisThere] = await Promise.all([
    first(sql`SELECT 1`).then(() => undefined, (error: Error) => error.message), // prettier-ignore
    redis ? redis.status === 'ready' && (await pong()) : true,
  ])
  if (database !== undefined) return `the database does not answer (${database})`
  if (!isRedisThere) return 'Redis does not answer'
  return hearsOthers() ? undefined : 'the other servers are not heard yet'
}

function pong(): Promise<boolean> | undefined {
  return quickRedis?.ping().then(
    () => true,
    () => false,
  )
}
