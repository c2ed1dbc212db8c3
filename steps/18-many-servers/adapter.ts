import { createAdapter } from '@socket.io/redis-streams-adapter'
import type { Redis } from 'ioredis'

const streamName = 'socket.io'
const maxLength = 10_000 // entries; a server that was away for longer than these has its guests connect again
const helloEveryMs = 100

let isReading: boolean | undefined // undefined where there is no adapter, and nobody to hear

/** Whether this server hears what is said at the others, if it is to hear it. */
export function hearsOthers(): boolean {
  return isReading !== false
}

/** How servers hear what is said at the others: each writes it into a stream in Redis, and reads what the others write. */
export function adapterFor(redis: Redis): ReturnType<typeof createAdapter> {
  isReading = false
  const adapterOf = createAdapter(redis, { streamName, maxLen: maxLength })
  // It reads on from the last entry that it has read. Until there is one, it asks for what comes "from now on", anew each
  // 5 s, and misses what is written between two such questions. So it says hello, which is no message, until it hears it.
  const hello = ['nsp', '/', 'uid', 'hello', 'type', '2']
  const greeting = setInterval(() => {
    if (redis.status === 'ready') void redis.xadd(streamName, 'MAXLEN', '~', maxLength, '*', ...hello)
  }, helloEveryMs)
  return function withHello(namespace) {
    // an arrow would not do: Socket.IO calls it with `new`
    const adapter = adapterOf(namespace)
    const hear = adapter.onRawMessage.bind(adapter)
    adapter.onRawMessage = (entry, place) => {
      isReading = true
      clearInterval(greeting)
      hear(entry, place)
    }
    const publish = adapter.doPublish.bind(adapter)
    let waiting = 0
    adapter.doPublish = async (message) => {
      if (waiting === maxLength) return '' // Redis is away for long. It is said here, and pages elsewhere ask for it.
      waiting += 1
      try {
        return await publish(message)
      } finally {
        waiting -= 1
      }
    }
    return adapter
  }
}
