import { Redis, type RedisOptions } from 'ioredis'
import { log } from './log.ts'

const { REDIS_URL: url } = process.env

/** Where what is said to others is written, for the other servers. It waits while Redis is away, and repeats what got no answer. */
export const redis = url ? connect(url, { maxRetriesPerRequest: null, socketTimeout: 15_000 }) : undefined

/** The same Redis for questions whose answer is wanted now, or never: they fail after a second, and at once while it is away. */
export const quickRedis = url
  ? connect(url, { maxRetriesPerRequest: 0, enableOfflineQueue: false, commandTimeout: 1_000 })
  : undefined

/** @param back is called when Redis is there again after it was away */
export function whenBack(back: () => void): void {
  let wasAway = false
  redis?.on('close', () => {
    if (!wasAway) log('redis is away')
    wasAway = true
  })
  redis?.on('ready', () => {
    if (!wasAway) return
    wasAway = false
    log('redis is back')
    back()
  })
}

function connect(address: string, options: RedisOptions): Redis {
  const client = new Redis(address, { retryStrategy: (times) => Math.min(50 * times, 1_000), ...options })
  let last = ''
  client.on('error', ({ message }) => {
    if (message !== last) log('redis', { error: message }) // once, and not at each try
    last = message
  })
  client.on('ready', () => (last = ''))
  return client
}
