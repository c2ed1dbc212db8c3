import { createServer } from 'node:http'
import { Redis } from 'ioredis'
import { Server } from 'socket.io'
import { io as connect } from 'socket.io-client'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '#shared/run/services/service'
import { adapterFor } from '../steps/18-many-servers/adapter.ts'

const mostThatWaits = 10_000

test('while Redis is away, what is to be announced waits, and no more of it than the stream would keep', async () => {
  const redis = new Redis({ port: await freePort(), maxRetriesPerRequest: null })
  redis.on('error', () => {}) // Nobody is there, which is what this is about.
  const http = createServer()
  const io = new Server(http, { adapter: adapterFor(redis) })
  const port = await freePort()
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
  const guest = connect(`http://127.0.0.1:${port}`, { transports: ['websocket'] })
  onTestFinished(async () => {
    guest.disconnect()
    redis.disconnect()
    await io.close()
  })
  await new Promise<void>((resolve) => guest.once('connect', resolve))
  const heard: number[] = []
  guest.on('said', (number: number) => heard.push(number))

  for (let number = 1; number <= mostThatWaits + 1; number++) io.emit('said', number)
  await expect.poll(() => heard).toEqual([mostThatWaits + 1])
})
