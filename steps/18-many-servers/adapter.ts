import { createAdapter } from '@socket.io/redis-streams-adapter'
import type { Redis } from 'ioredis'

const streamName = 'socket.io'
const maxLength = 10_000 // entries; a server that was away for longer than these has its guests connect again

/** How servers hear what is said at the others: each writes it into a stream in Redis, and reads what the others write. */
export function adapterFor(redis: Redis): ReturnType<typeof createAdapter> {
  // It reads on from the last entry that it has read. Until there is one, it asks for what comes "from now on", anew each
  // 5 s, and misses what is written between two such questions. So one comes soon: of a namespace that nobody has.
  const hello = () => redis.xadd(streamName, 'MAXLEN', '~', maxLength, '*', 'nsp', '/hello')
  redis.on('ready', () => setTimeout(hello, 1_000))
  return createAdapter(redis, { streamName, maxLen: maxLength })
}
