import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:http'
import { forward } from '@ngrok/ngrok'
import { io } from 'socket.io-client'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Advice } from '#shared/terminal/advice'
import { openClassroom } from '#shared/classroom/server/open-classroom'
import { findStep } from '#shared/course/course'
import { openWire } from '#shared/wire/open-wire'
import { addresses, invitation, share } from '#shared/share/open-share'
import { type Ngrok, openTunnel } from '#shared/share/tunnel'
import { runStep } from './support/run-step.ts'

vi.setConfig({ testTimeout: 180_000 }) // on a busy machine

const patience = { timeout: 30_000 }

/** What went wrong, in our words. */
async function advice(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Advice)) throw error ?? new Error('it went well')
  return `${error.message} → ${error.next}`
}

/** The library as it is when the service answers with this error. */
const refusing = (message: string, errorCode?: string): Ngrok => ({
  forward: async () => {
    throw Object.assign(new Error(message), { errorCode })
  },
})

test.each([
  ['105', /does not look like a token.*dashboard/],
  ['107', /does not know this token.*NGROK_AUTHTOKEN/],
  ['108', /as many tunnel programs open.*npm run share/],
  ['120', /no longer takes the version.*npm update @ngrok\/ngrok/],
  ['121', /newer version.*npm update @ngrok\/ngrok/],
  ['334', /address is in use already.*npm run share/],
  ['725', /as many bytes this month.*--wifi/],
  ['727', /as many requests this month.*--wifi/],
  ['734', /requests came in this minute.*Wait a minute/],
  ['3200', /not open any more.*npm run share/],
  ['4018', /verified e-mail.*Sign up/],
  ['8012', /nothing answers behind it.*npm start/],
  ['9999', /ngrok says no: .*err_ngrok_9999/],
])('the error ERR_NGROK_%s is told in words, wherever the library puts it', async (code, words) => {
  const options = { port: 1, authtoken: 'a token' }
  const inMessage = refusing(`failed to connect session: said\n\nERR_NGROK_${code}\n`)
  expect(await advice(openTunnel({ ...options, ngrok: inMessage }))).toMatch(words)
  const inField = refusing('failed to connect session', `ERR_NGROK_${code}`)
  expect(await advice(openTunnel({ ...options, ngrok: inField }))).toMatch(words)
})

test('no network, no answer, and what nobody has foreseen', async () => {
  const options = { port: 1, authtoken: 'a token' }
  const offline = refusing('failed to connect session: failed to establish tcp connection')
  expect(await advice(openTunnel({ ...options, ngrok: offline }))).toMatch(/cannot be reached.*--wifi/)
  const late = new EventEmitter()
  const slow: Ngrok = {
    forward: async () => {
      await once(late, 'open')
      return { url: () => 'https://late.example', close: async () => void late.emit('close') }
    },
  }
  expect(await advice(openTunnel({ ...options, ngrok: slow, patienceMs: 20 }))).toMatch(
    /not answered for 0\.02 s/,
  )
  const closed = once(late, 'close') // a tunnel that comes too late does not stay open unseen
  late.emit('open')
  await closed
  expect(await advice(openTunnel({ ...options, ngrok: refusing('a surprise') }))).toMatch(
    /could not be opened: a surprise/,
  )
})

// Its service is put on this machine, where nobody listens: no test asks for anything outside.
test('the library itself, when it reaches nobody', async () => {
  const library: Ngrok = { forward: (config) => forward({ ...config, server_addr: '127.0.0.1:1' }) }
  const words = await advice(openTunnel({ port: 1, authtoken: 'a token', ngrok: library }))
  expect(words).toMatch(/ngrok cannot be reached.*--wifi/)
}, 40_000)

test('the likely Wi-Fi comes first, networks of programs last, and nothing that leads nowhere', () => {
  const at = (address: string, more = {}) => ({
    address,
    family: 'IPv4' as const,
    internal: false,
    netmask: '255.255.255.0',
    mac: '',
    cidr: null,
    ...more,
  })
  const found = addresses({
    lo: [at('127.0.0.1', { internal: true })],
    docker0: [at('172.17.0.1')],
    enp3s0: [at('10.0.0.5')],
    wlp2s0: [at('192.168.1.23'), at('169.254.3.4')],
    utun3: [at('100.64.0.2')],
  })
  expect(found.map(({ name }) => name)).toEqual(['wlp2s0', 'enp3s0', 'docker0', 'utun3'])
  expect(addresses({ 'Ethernet 2': [at('10.0.0.5')], 'Wi-Fi': [at('10.0.0.6')] })[0]?.address).toBe(
    '10.0.0.6',
  )
  expect(addresses({ en1: [at('10.0.0.5')], en0: [at('10.0.0.6')] })[0]?.name).toBe('en0')
  expect(addresses({})).toEqual([])
})

test('a tunnel leads to the chat by a door of its own, and is closed with it', async () => {
  const program = await runStep(findStep('6'))
  let forwarded = ''
  let closed = false
  const ngrok: Ngrok = {
    forward: async ({ addr }) => {
      forwarded = addr
      return { url: () => 'https://chat.example', close: async () => void (closed = true) }
    },
  }
  const shared = await share({ port: Number(new URL(program.url).port), authtoken: 'a token', ngrok })
  onTestFinished(async () => {
    await shared.close()
    await program.stop()
  })
  expect(shared).toMatchObject({ kind: 'tunnel', url: 'https://chat.example' })
  expect(await invitation()).toEqual({ url: 'https://chat.example', pid: process.pid })
  const ann = io(`http://${forwarded}`, { forceNew: true, transports: ['websocket'] })
  await vi.waitUntil(() => ann.connected, patience)
  expect(shared.door.connections().some(({ transport }) => transport === 'websocket')).toBe(true)

  await shared.close()
  expect(closed).toBe(true)
  expect(await invitation()).toBeUndefined()
  await vi.waitUntil(() => !ann.connected, patience)
  ann.close()
  await expect(fetch(`http://${forwarded}`)).rejects.toThrow('fetch failed')
})

test('over the Wi-Fi the chat is reached, and the classroom is never shared', async () => {
  const program = await runStep(findStep('6'))
  const wire = await openWire({ to: program.url })
  const classroom = await openClassroom({ wire, command: 'npm run step 6', port: 0 })
  onTestFinished(async () => {
    await classroom.close()
    await wire.close()
    await program.stop()
  })
  expect(await advice(share({ port: Number(new URL(classroom.url).port) }))).toMatch(
    /the classroom answers.*for you alone/,
  )
  if (addresses().length === 0) {
    expect(await advice(share({ port: wire.port }))).toMatch(/in no network/)
    return
  }
  const shared = await share({ port: wire.port })
  expect(await (await fetch(shared.url)).text()).toContain('Who is typing')
  await shared.close()
  await expect(fetch(shared.url)).rejects.toThrow('fetch failed')
})

test('nothing to share is said, with what to start', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  server.close()
  expect(await advice(share({ port }))).toMatch(/Nothing answers on port \d+.*npm start/)
})
