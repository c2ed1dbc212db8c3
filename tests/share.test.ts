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
import { type ChatNews, findChat } from '#shared/share/watch-chat'
import { runStep } from './support/run-step.ts'

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
})

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
  const chat = await findChat(Number(new URL(program.url).port))
  const shared = await share({ chat, authtoken: 'a token', ngrok })
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
  expect(await advice(findChat(Number(new URL(classroom.url).port)))).toMatch(/the classroom.*never shared/)
  const chat = await findChat(wire.port)
  if (addresses().length === 0) {
    expect(await advice(share({ chat }))).toMatch(/not in a network/)
    return
  }
  const shared = await share({ chat })
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
  expect(await advice(findChat(port))).toMatch(/Nothing answers on port \d+.*npm start/)
})

/** A program with a page of this title, at one address alone. */
async function pageAt(
  host: string,
  port: number,
  title: string,
): Promise<{ port: number; stop(): Promise<void> }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end(`<title>${title}</title>`)
  }).listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  const stop = async () => {
    server.close()
    server.closeAllConnections()
    if (server.listening) await once(server, 'close')
  }
  onTestFinished(stop)
  return { port: typeof address === 'object' && address ? address.port : 0, stop }
}

/** A tunnel that leads nowhere; `closed` settles when it is closed. */
function fakeTunnel() {
  const events = new EventEmitter()
  const closed = once(events, 'close')
  let forwarded = ''
  const ngrok: Ngrok = {
    forward: async ({ addr }) => {
      forwarded = addr
      return { url: () => 'https://chat.example', close: async () => void events.emit('close') }
    },
  }
  const through = async () => (await fetch(`http://${forwarded}`)).text()
  return { ngrok, closed, through }
}

test.each([
  ['127.0.0.1', '::1'],
  ['::1', '127.0.0.1'],
] as const)(
  'the chat at %s is opened, and not the program at %s with the same port',
  async (ours, others) => {
    const { port } = await pageAt(ours, 0, '06 · Who is typing')
    await pageAt(others, port, 'A private program')
    const chat = await findChat(port)
    expect(chat).toMatchObject({ host: ours, title: '06 · Who is typing' })
    const { ngrok, through } = fakeTunnel()
    const shared = await share({ chat, authtoken: 'a token', ngrok })
    onTestFinished(() => shared.close())
    expect(await through()).toContain('Who is typing')
  },
)

test('another program that takes the port is not shared: the tunnel is closed, with a sentence', async () => {
  const { port, stop } = await pageAt('127.0.0.1', 0, 'My chat')
  const { ngrok, closed, through } = fakeTunnel()
  const news = new EventEmitter<{ news: [ChatNews] }>()
  const away = once(news, 'news')
  const shared = await share({
    chat: await findChat(port),
    authtoken: 'a token',
    ngrok,
    onNews: (one) => news.emit('news', one),
  })
  onTestFinished(() => shared.close())
  expect(await through()).toContain('My chat')

  await stop()
  expect(await away).toEqual([{ is: 'away' }])
  const gone = once(news, 'news')
  await pageAt('127.0.0.1', port, 'A private program')
  await expect(through()).rejects.toThrow('fetch failed')
  await closed
  expect(await gone).toEqual([
    {
      is: 'gone',
      words: expect.stringMatching(/Another program has taken port \d+.*A private program.*My chat/),
    },
  ])
  expect(await invitation()).toBeUndefined()
})

test('a chat that restarts is let in again, as another step too', async () => {
  const { port, stop } = await pageAt('127.0.0.1', 0, '06 · Who is typing')
  const { ngrok, through } = fakeTunnel()
  const heard: ChatNews[] = []
  const shared = await share({
    chat: await findChat(port),
    authtoken: 'a token',
    ngrok,
    onNews: (one) => heard.push(one),
  })
  onTestFinished(() => shared.close())
  await stop()
  await vi.waitUntil(() => heard.length === 1, patience)
  await pageAt('127.0.0.1', port, '07 · Strangers')
  await vi.waitUntil(() => heard.length === 2, patience)
  expect(heard).toEqual([{ is: 'away' }, { is: 'back' }])
  expect(await through()).toContain('Strangers')
})

test('a chat that stays away ends the sharing', async () => {
  const { port, stop } = await pageAt('127.0.0.1', 0, '06 · Who is typing')
  const { ngrok, closed } = fakeTunnel()
  const heard: ChatNews[] = []
  const onNews = (one: ChatNews) => heard.push(one)
  await share({ chat: await findChat(port), authtoken: 'a token', ngrok, goneMs: 0, onNews })
  await stop()
  await closed
  await vi.waitUntil(() => heard.length === 2, patience)
  expect(heard.at(-1)).toEqual({ is: 'gone', words: `The chat on port ${port} has stopped.` })
})
