import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Chat } from './hear.ts'
import { logError } from './log.ts'
import { peopleHere, presence, setElsewhere, type Present } from './presence.ts'

const renewEveryMs = 1_000
const forgottenAfterMs = 4_000 // without being renewed
const graceMs = 2_000 // Redis may have been started again, and the others have not written yet.

// A server that dies says nothing. Redis forgets what it has written after 4 s; the others look each second, and wait for
// another 2 s: its people have left the list after 8 s, if they have not come to another server.

/** Lets all servers know who is on each of them, by way of Redis. */
export function sharePresence(io: Chat, redis: Redis): void {
  const me = randomUUID()
  const servers = new Map<string, { present: Present[]; missingSince?: number }>() // the others

  const write = oneAtATime(async () => {
    const present = JSON.stringify(peopleHere())
    await redis.set(`people:${me}`, present, 'PX', forgottenAfterMs)
    await redis.sadd('servers', me)
  })

  const read = oneAtATime(async () => {
    const ids = (await redis.smembers('servers')).filter((id) => id !== me)
    const found = ids.length === 0 ? [] : await redis.mget(ids.map((id) => `people:${id}`))
    const written = new Map(ids.map((id, index) => [id, found[index]]))
    for (const [id, present] of written) {
      if (present) servers.set(id, { present: JSON.parse(present) })
      else if (!servers.has(id)) await redis.srem('servers', id)
    }
    for (const [id, server] of servers) {
      if (written.get(id)) continue
      server.missingSince ??= performance.now()
      if (performance.now() - server.missingSince > graceMs) servers.delete(id)
    }
    setElsewhere([...servers.values()].flatMap(({ present }) => present))
  })

  const tell = async () => {
    await write()
    io.serverSideEmit('people')
  }
  // While Redis is away, each server keeps the list that it has. That it is away is written down elsewhere, and once.
  const whenThere = (work: () => Promise<unknown>) => {
    if (redis.status === 'ready') work().catch(logError)
  }
  io.on('people', () => whenThere(read))
  presence.on('own', () => whenThere(tell))
  setInterval(() => whenThere(() => Promise.all([write(), read()])), renewEveryMs).unref()
}

/** Never twice at once: who asks while it is under way gets the next time, and shares it. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  return () => {
    next ??= running
      .catch(() => {}) // Who has asked for that one knows.
      .then(() => {
        next = undefined
        running = work()
        return running
      })
    return next
  }
}
