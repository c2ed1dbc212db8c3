import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { newAccount, registration } from '#shared/check/account'
import { Tab } from '#shared/check/tab'
import { findStep } from '#shared/course/course'
import { manyServers } from './support/many-servers.ts'

// Three servers with one Postgres and one Redis: what people do at one of them, the others see.

const timeout = 30_000 // on a busy machine
const general = 1

const chat = await manyServers(findStep('18').dir, 3)
const tabs: Tab[] = []
let database: Client
let watcher: Client // looks while the other one holds a lock
let people = 0

beforeAll(async () => {
  if (!chat) return
  database = new Client({ connectionString: chat.databaseUrl })
  await database.connect()
  watcher = new Client({ connectionString: chat.databaseUrl })
  await watcher.connect()
})
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.close()
})
afterAll(async () => {
  await database?.end()
  await watcher?.end()
  await chat?.stop()
})

describe.skipIf(!chat)('three servers', () => {
  test('started at once on an empty database, they bring it up once', async () => {
    const { rows } = await database.query('SELECT name FROM kysely_migration ORDER BY name')
    expect(rows.map(({ name }) => name)).toEqual(['001-as-step-17', '002-attempts'])
    const rooms = await database.query('SELECT id, name FROM rooms')
    expect(rooms.rows).toEqual([{ id: '1', name: 'General' }])
    for (const index of [0, 1, 2]) {
      await expect.poll(() => status(index, '/readyz'), { timeout }).toBe(200)
      expect(await status(index, '/healthz')).toBe(200)
    }
  })

  test('a direct message reaches all tabs of both, wherever they are, and nobody else', async () => {
    const ann = await person('ann')
    const ben = await person('ben')
    const eve = await person('eve')
    const theirs = [await ann.opens(0), await ann.opens(1), await ben.opens(1), await ben.opens(2)]
    const others = [await eve.opens(0), await eve.opens(1), await eve.opens(2)]
    const { ok } = await theirs[0]!.ask('direct message', { key: randomUUID(), to: ben.id, message: 'psst' })
    expect(ok).toBe(true)
    for (const tab of theirs) {
      await expect.poll(() => tab.heard('direct message'), { timeout }).toMatchObject([{ message: 'psst' }])
    }
    // What is said to all comes behind it, so an echo would stand before it.
    await theirs[0]!.ask('new message', { key: randomUUID(), room: general, message: 'hello' })
    for (const tab of others) {
      await expect.poll(() => texts(tab), { timeout }).toContain('hello')
      expect(tab.heard('direct message')).toEqual([])
    }
  })

  test('who logs out at one server is cut off at the others within a second', async () => {
    const ann = await person('ann')
    const ben = await person('ben')
    const cut = await ann.opens(1)
    const stays = await ben.opens(1)
    const gone = new Promise<[string, number]>((resolve) =>
      cut.socket.once('disconnect', (reason) => resolve([reason, performance.now()])),
    )
    const response = await fetch(`${url(0)}/logout`, { method: 'POST', headers: { cookie: ann.cookie } })
    const loggedOutAt = performance.now()
    expect(response.status).toBe(200) // where it leads
    const [reason, at] = await gone
    expect(reason).toBe('io server disconnect')
    expect(at - loggedOutAt).toBeLessThan(1_000)
    expect(stays.socket.connected).toBe(true)
  })

  test('it is one list of people: each guest hears once who comes, and once who leaves', async () => {
    const ann = await person('ann')
    const ben = await person('ben')
    const guests = [await ben.opens(0), await ben.opens(1), await ben.opens(2)]
    const came = (tab: Tab) => tab.heard('user joined').filter((one) => Object(one).username === ann.name)
    const left = (tab: Tab) => tab.heard('user left').filter((one) => Object(one).username === ann.name)
    const annsTabs = [await ann.opens(0), await ann.opens(1)]
    for (const tab of guests) {
      await expect.poll(() => came(tab), { timeout }).toHaveLength(1)
      await expect.poll(() => names(tab), { timeout }).toContain(ann.name)
    }
    expect(names(annsTabs[1]!).filter((name) => name === ann.name)).toEqual([ann.name])
    annsTabs[0]!.close()
    annsTabs[1]!.close()
    for (const tab of guests) {
      await expect.poll(() => left(tab), { timeout }).toHaveLength(1)
      await expect.poll(() => names(tab), { timeout }).not.toContain(ann.name)
      expect(came(tab)).toHaveLength(1)
    }
  })

  test('typing, rooms and news of the board cross servers', async () => {
    const ann = await person('ann')
    const ben = await person('ben')
    const here = await ann.opens(0)
    const there = await ben.opens(2)
    const other = await ben.opens(1)
    const name = `Piano ${people}`
    const { id } = await here.ask('create room', name)
    await expect.poll(() => roomNames(there), { timeout }).toContain(name)
    await there.ask('join room', id)
    await here.ask('new message', { key: randomUUID(), room: id, message: 'la' })
    for (const tab of [there, other]) await expect.poll(() => texts(tab), { timeout }).toContain('la')
    here.socket.emit('typing', id)
    await expect.poll(() => there.heard('typing'), { timeout }).toEqual([{ room: id, username: ann.name }])
    here.close()
    await expect
      .poll(() => there.heard('stop typing'), { timeout })
      .toEqual([{ room: id, username: ann.name }])
    await there.ask('leave room', id)
    const again = await ann.opens(0)
    await again.ask('new message', { key: randomUUID(), room: id, message: 'between members' })
    const body = new URLSearchParams({ title: 'Concert', text: 'tonight' })
    await fetch(`${url(1)}/board/new`, { method: 'POST', body, headers: { cookie: ann.cookie } })
    for (const tab of [there, other]) {
      const news = () => tab.heard('post published')
      await expect.poll(news, { timeout }).toMatchObject([{ title: 'Concert', author: ann.name }])
      expect(texts(tab)).not.toContain('between members')
    }
  })

  test('the same key, sent to two servers at once, is stored once, announced once, and acknowledged by both', async () => {
    const ann = await person('ann')
    const ben = await person('ben')
    const senders = [await ann.opens(0), await ann.opens(1)]
    const hearer = await ben.opens(2)
    for (let round = 0; round < 10; round++) {
      const said = { key: randomUUID(), room: general, message: `round ${round}` }
      const answers = await Promise.all(senders.map((tab) => tab.ask('new message', said)))
      expect(answers[0]).toMatchObject({ ok: true })
      expect(answers[1]).toEqual(answers[0])
      const direct = { key: randomUUID(), to: ben.id, message: `psst ${round}` }
      const both = await Promise.all(senders.map((tab) => tab.ask('direct message', direct)))
      expect(both).toEqual([{ ok: true }, { ok: true }])
    }
    await senders[0]!.ask('new message', { key: randomUUID(), room: general, message: 'the end' })
    await expect.poll(() => texts(hearer), { timeout }).toContain('the end')
    const rounds = Array.from({ length: 10 }, (_, round) => `round ${round}`)
    expect(texts(hearer).filter((text) => text.startsWith('round'))).toEqual(rounds)
    expect(hearer.heard('direct message')).toHaveLength(10)
  })

  test('a number that is seen has no lower one that comes later', async () => {
    const ann = await person('ann')
    const tab = await ann.opens(0)
    // Somebody who inserts without waiting for the others, and takes their time: this is what must not happen.
    await database.query('BEGIN')
    const slow = await database.query(insert('without the lock'))
    const { id } = await tab.ask('new message', { key: randomUUID(), room: general, message: 'meanwhile' })
    const mark = await synced(tab, 0)
    expect(mark).toContain('meanwhile')
    await database.query('COMMIT')
    expect(Number(slow.rows[0].id)).toBeLessThan(Number(id))
    expect(await synced(tab, Number(id))).toEqual([]) // lost for a page that had seen as far as that

    // Who waits for their turn, as the servers do, is seen in order.
    await database.query('BEGIN')
    await database.query("SELECT pg_advisory_xact_lock(hashtext('messages'))")
    const first = await database.query(insert('with the lock'))
    const second = tab.ask('new message', { key: randomUUID(), room: general, message: 'behind it' })
    await expect.poll(waiting, { timeout }).toBe(1)
    const other = await (await person('ben')).opens(1)
    expect(await synced(other, Number(id))).toEqual([])
    await database.query('COMMIT')
    expect(Number((await second).id)).toBeGreaterThan(Number(first.rows[0].id))
    expect(await synced(other, Number(id))).toEqual(['with the lock', 'behind it'])
  })

  test('what a page sends before it was greeted is not lost', async () => {
    const ann = await person('ann')
    await database.query('BEGIN')
    await database.query('LOCK TABLE messages IN ACCESS EXCLUSIVE MODE') // so the greeting waits for its numbers
    const tab = ann.comes(0)
    const created = tab.ask('create room', `Early ${people}`) // sent as soon as it is connected
    await expect.poll(waiting, { timeout }).toBeGreaterThan(0)
    expect(tab.heard('login')).toEqual([])
    await database.query('COMMIT')
    expect(await created).toMatchObject({ ok: true })
    expect(tab.heard('login')).toHaveLength(1)
  })

  test('nobody gets more by going to another server: events, tabs, attempts to log in', async () => {
    const ann = await person('ann')
    const both = [await ann.opens(0), await ann.opens(1)]
    const asked = Array.from({ length: 240 }, (_, index) =>
      both[index % 2]!.ask('sync', { messages: 0, directs: 0 }),
    )
    const startedAt = performance.now()
    const refused = (await Promise.all(asked)).filter(({ ok }) => !ok)
    const seconds = (performance.now() - startedAt) / 1_000
    expect(refused.length).toBeGreaterThan(240 - 100 - 10 * seconds - 1)

    const ben = await person('ben')
    for (let index = 0; index < 20; index++) await ben.opens(index % 3)
    // The servers hear of each other's tabs after a moment. Until then one more is let in, and leaves.
    const oneMore = async () => {
      const { socket } = ben.comes(2)
      const answer = await new Promise<string>((resolve) => {
        socket.once('connect', () => resolve('it is in'))
        socket.once('connect_error', ({ message }) => resolve(message))
      })
      socket.disconnect()
      return answer
    }
    await expect.poll(oneMore, { timeout }).toBe('You have 20 tabs open: close one first.')

    const { username } = registration(ann.name)
    const statuses: number[] = []
    for (let index = 0; index < 11; index++) {
      const body = new URLSearchParams({ username, password: 'wrong' })
      statuses.push((await fetch(`${url(index % 3)}/login`, { method: 'POST', body })).status)
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429])
  })

  test.each(['websocket', 'polling'])(
    'behind nginx, over %s, who has a session stays at one server',
    async (transport) => {
      const ann = await person('ann', chat!.nginx.url)
      const before = chat!.servers.map(({ output }) => output.length)
      const tab = await Tab.open(chat!.nginx.url, ann.cookie, [transport])
      tabs.push(tab)
      expect(await tab.ask('new message', { room: general, message: 'through nginx' })).toMatchObject({
        ok: true,
      })
      for (let index = 0; index < 5; index++) {
        await fetch(`${chat!.nginx.url}/board/unread`, { headers: { cookie: ann.cookie } })
      }
      const asked = () =>
        chat!.servers.map(
          ({ output }, index) =>
            output.slice(before[index]).filter((line) => line.includes('/board/unread 200')).length,
        )
      await expect.poll(() => asked().toSorted(), { timeout }).toEqual([0, 0, 5])
    },
  )

  // Last, as it ends a server.
  test('the people of a server that was killed leave the list within 10 s, and no others do', async () => {
    const ann = await person('ann')
    const ben = await person('ben')
    const cleo = await person('cleo')
    const watching = [await ben.opens(0), await ben.opens(1)]
    await ann.opens(2)
    await cleo.opens(2)
    await cleo.opens(1)
    for (const tab of watching) await expect.poll(() => names(tab), { timeout }).toContain(ann.name)
    await chat!.servers[2]!.kill()
    const killedAt = performance.now()
    for (const tab of watching) {
      await expect.poll(() => names(tab), { timeout }).not.toContain(ann.name)
      expect(names(tab)).toContain(cleo.name)
      const left = tab.heard('user left').map((one) => Object(one).username)
      expect(left.filter((name) => [ann.name, cleo.name].includes(name))).toEqual([ann.name])
    }
    expect(performance.now() - killedAt).toBeLessThan(10_000)
  })

  test('who is asked to stop finishes what was begun, closes its connections, and ends with 0', async () => {
    const ann = await person('ann')
    const tab = await ann.opens(1)
    const server = chat!.servers[1]!
    await database.query('BEGIN')
    await database.query("SELECT pg_advisory_xact_lock(hashtext('messages'))")
    const said = tab.ask('new message', { key: randomUUID(), room: general, message: 'before the end' })
    await expect.poll(waiting, { timeout }).toBe(1)
    const closed = new Promise((resolve) => tab.socket.once('disconnect', resolve))
    const stopped = server.stop()
    await expect.poll(() => fetch(server.url).catch(() => 'nobody'), { timeout }).toBe('nobody')
    await database.query('COMMIT')
    expect(await said).toMatchObject({ ok: true })
    expect(await closed).toBe('transport close') // so the page connects again, and nobody is logged out
    expect(await stopped).toBe(0)
  })
})

interface Person {
  name: string
  cookie: string
  id: number
  /** Opens a tab at a server, and waits until it is in. */
  opens(server: number): Promise<Tab>
  /** The same without waiting. */
  comes(server: number): Tab
}

/** Somebody with an account, who has a name of their own in this file. */
async function person(beginning: string, at = url(0)): Promise<Person> {
  people += 1
  const name = `${beginning}${people}`
  const cookie = (await newAccount(at, name))!
  const { rows } = await database.query('SELECT id FROM accounts WHERE display_name = $1', [name])
  return {
    name,
    cookie,
    id: Number(rows[0].id),
    async opens(server) {
      const tab = await Tab.open(url(server), cookie)
      tabs.push(tab)
      return tab
    },
    comes(server) {
      const tab = new Tab(url(server), cookie)
      tabs.push(tab)
      return tab
    },
  }
}

function url(server: number): string {
  return chat!.servers[server]!.url
}

async function status(server: number, path: string): Promise<number> {
  return (await fetch(url(server) + path)).status
}

/** How many queries wait for a lock. */
async function waiting(): Promise<number> {
  return (await watcher.query('SELECT 1 FROM pg_locks WHERE NOT granted')).rows.length
}

function insert(message: string): string {
  return `INSERT INTO messages (room_id, username, message, at) VALUES (1, 'dan', '${message}', 0) RETURNING id`
}

/** What a page gets that asks for what came since a number. */
async function synced(tab: Tab, messages: number): Promise<unknown[]> {
  const answer = await tab.ask('sync', { messages, directs: 0 })
  return Array.isArray(answer.messages) ? answer.messages.map((one) => Object(one).message) : []
}

function texts(tab: Tab): string[] {
  return tab.heard('new message').map((one) => String(Object(one).message))
}

/** Who is here, as a tab was told last. */
function names(tab: Tab): unknown[] {
  const users = tab.heard('users').at(-1)
  return Array.isArray(users) ? users.map((one) => Object(one).username) : []
}

function roomNames(tab: Tab): unknown[] {
  return tab
    .heard('rooms')
    .flatMap((list) => (Array.isArray(list) ? list.map((one) => Object(one).name) : []))
}
