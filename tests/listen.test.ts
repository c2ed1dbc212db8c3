import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { io } from 'socket.io-client'
import { expect, onTestFinished, test } from 'vitest'
import { findStep } from '#shared/course/course'
import { run } from '#shared/run/run'

const { dir } = findStep('3')
const options = { compiled: true, patienceMs: 45_000 } // however busy the machine is

test('PORT 0 takes any free port, and only this machine can come', async () => {
  const program = await run(dir, options)
  onTestFinished(() => void program.stop())
  const { port } = new URL(program.url)
  expect(Number(port)).toBeGreaterThan(1023)
  const outside = connect({ host: '127.0.0.2', port: Number(port) })
  onTestFinished(() => void outside.destroy())
  await expect(once(outside, 'connect')).rejects.toThrow('ECONNREFUSED')
})

test('what another program has at ::1 is no port of ours, since a browser may take that for localhost', async ({
  skip,
}) => {
  const other = createServer().listen(0, '::1')
  const hasIPv6 = await once(other, 'listening').then(
    () => true,
    () => false,
  )
  if (!hasIPv6) return skip()
  onTestFinished(() => void other.close())
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await expect(
    run(dir, { ...options, port, env: { WORKSHOP_COMMAND: 'npm run step 3' } }),
  ).rejects.toMatchObject({
    output: [
      `Another program has port ${port} at ::1, and a browser that opens localhost may reach that one.`,
      `Stop that one with Ctrl-C, or use another port:  npm run step 3 -- --port ${port + 1}`,
    ],
  })
})

test('a port that is taken is named, and one beside it proposed', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await expect(
    run(dir, { ...options, port, env: { WORKSHOP_COMMAND: 'npm run step 3' } }),
  ).rejects.toMatchObject({
    output: [
      `Port ${port} is taken, most likely by a step you left running.`,
      `Stop that one with Ctrl-C, or use another port:  npm run step 3 -- --port ${port + 1}`,
    ],
  })
})

test('asked to stop, it closes idle and open connections and ends with 0', async () => {
  const program = await run(dir, options)
  const { port } = new URL(program.url)
  const idle = connect(Number(port), '127.0.0.1')
  idle.on('error', () => {}) // Windows resets what others close.
  await once(idle, 'connect')
  const guest = io(program.url, { transports: ['websocket'], reconnection: false })
  onTestFinished(() => void guest.close())
  await new Promise<void>((resolve) => guest.once('connect', resolve))

  const left = new Promise<void>((resolve) => guest.once('disconnect', () => resolve()))
  // Not stop() alone, which kills after 2 s: to a busy machine, that is nothing.
  if (process.platform !== 'win32' && program.pid) process.kill(program.pid, 'SIGTERM')
  else void program.stop()
  expect(await program.ended).toBe(0)
  await left
  if (!idle.closed) await once(idle, 'close')
})
