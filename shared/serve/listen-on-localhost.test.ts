import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { Advice } from '../terminal/advice.ts'
import { openWire } from '../wire/open-wire.ts'
import { listenOnLocalhost } from './listen-on-localhost.ts'

const other = createTcpServer((guest) => guest.end('another program'))
const hasIPv6 = await once(other.listen(0, '::1'), 'listening').then(
  () => true,
  () => false,
)
other.unref()
const takenPort = hasIPv6 ? (other.address() as AddressInfo).port : 0

const at = async (host: string, port: number) => (await fetch(`http://${host}:${port}`)).text()

test.runIf(hasIPv6)(
  'a server answers at both addresses of localhost, and at none once it is closed',
  async () => {
    const server = createServer((_request, response) => response.end('ours'))
    const port = await listenOnLocalhost(server, 0)
    expect(await Promise.all(['127.0.0.1', '[::1]', 'localhost'].map((host) => at(host, port)))).toEqual(
      Array(3).fill('ours'),
    )
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    for (const host of ['127.0.0.1', '::1']) {
      const guest = connect(port, host)
      await expect(once(guest, 'connect')).rejects.toThrow('ECONNREFUSED')
    }
  },
)

test.runIf(hasIPv6)(
  'a port that another program has at ::1 is taken, and 127.0.0.1 is left again',
  async () => {
    const server = createServer()
    const error = { code: 'EADDRINUSE', address: '::1' }
    await expect(listenOnLocalhost(server, takenPort)).rejects.toMatchObject(error)
    expect(server.listening).toBe(false)
    const guest = connect(takenPort, '127.0.0.1')
    await expect(once(guest, 'connect')).rejects.toThrow('ECONNREFUSED')
  },
)

test.runIf(hasIPv6)('the wire is at both, counts both, and says who has its port', async () => {
  const server = createServer((_request, response) => response.end('ours'))
  const wire = await openWire({ to: `http://127.0.0.1:${await listenOnLocalhost(server, 0)}` })
  onTestFinished(async () => {
    await wire.close()
    server.closeAllConnections()
    server.close()
  })
  expect(await Promise.all(['127.0.0.1', '[::1]'].map((host) => at(host, wire.port)))).toEqual([
    'ours',
    'ours',
  ])
  expect(wire.totals().http.requests).toBe(2)
  const refused = openWire({ port: takenPort })
  await expect(refused).rejects.toBeInstanceOf(Advice)
  await expect(refused).rejects.toThrow(/^Another program has port \d+ at ::1, and a browser/)
})
