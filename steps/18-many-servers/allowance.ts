import { logError } from './log.ts'
import { quickRedis } from './redis.ts'

/** What somebody may still do. */
export interface Bucket {
  /** that it holds, when nothing was taken for a while */
  max: number
  /** that come in each second */
  perSecond: number
}

// Redis does it in one go: two servers that read, and then write, would both find enough.
const script = `
  local max, perSecond, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
  local time = redis.call('TIME')
  local now = time[1] + time[2] / 1000000
  local known = redis.call('HMGET', KEYS[1], 'left', 'at')
  local left = math.min(max, (tonumber(known[1]) or max) + (now - (tonumber(known[2]) or now)) * perSecond)
  local isEnough = left >= cost
  if isEnough then left = left - cost end
  redis.call('HSET', KEYS[1], 'left', tostring(left), 'at', tostring(now))
  redis.call('EXPIRE', KEYS[1], math.ceil(max / perSecond))
  return isEnough and 1 or 0`

const buckets = new Map<number, { left: number; countedAt: number }>() // by person

/**
 * Takes something from what a person may still do, on all servers together; while Redis is away, on this one alone.
 *
 * @returns false when not as much is left
 */
export async function take(id: number, cost: number, bucket: Bucket): Promise<boolean> {
  if (quickRedis?.status !== 'ready') return takeHere(id, cost, bucket)
  try {
    return (await quickRedis.eval(script, 1, `allowance:${id}`, bucket.max, bucket.perSecond, cost)) === 1
  } catch (error) {
    logError(error)
    return takeHere(id, cost, bucket)
  }
}

function takeHere(id: number, cost: number, { max, perSecond }: Bucket): boolean {
  const now = performance.now()
  const { left, countedAt } = buckets.get(id) ?? { left: max, countedAt: now }
  const allowance = Math.min(max, left + ((now - countedAt) / 1000) * perSecond)
  buckets.set(id, { left: allowance < cost ? allowance : allowance - cost, countedAt: now })
  return allowance >= cost
}
