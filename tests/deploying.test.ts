import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { newAccount, registration } from '#shared/check/account'
import { Tab } from '#shared/check/tab'
import { findStep, firstWithServers, root } from '#shared/course/course'
import { run } from '#shared/run/run'
import { findProgram } from '#shared/run/services/find-program'
import { freePort } from '#shared/run/services/service'
import { untilReady } from '#shared/run/services/until-ready'
import { temporaryFolder } from './support/folders.ts'
import { makeImage } from './support/image.ts'
import { manyServers } from './support/many-servers.ts'

// What DEPLOYING.md says is done here, in its order.

const timeout = 60_000 // on a busy machine
const general = 1
vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 })

const { dir } = findStep(String(firstWithServers))
const execute = promisify(execFile)
const chat = await manyServers(dir, 3)
afterAll(() => chat?.stop())

describe.skipIf(!chat)('deploying', () => {
  test('what the Dockerfile copies starts, is healthy and ready, takes people, and ends with 0', async () => {
    const folder = await temporaryFolder()
    const { env, command, healthCheck } = await makeImage(folder)
    const left = ['wrong', 'right', 'check.test.ts'].map((name) => join('steps', '18-many-servers', name))
    for (const name of ['commands', 'tests']) left.push(name)
    for (const name of ['vitest', 'typescript']) left.push(join('node_modules', name))
    expect(left.filter((name) => existsSync(join(folder, name)))).toEqual([])
    const port = String(await freePort())
    const url = `http://127.0.0.1:${port}`
    const [program = '', ...words] = command
    expect(program).toBe('node')
    const server = spawn(process.execPath, words, {
      cwd: folder,
      // as in a container: nothing of this machine's own environment but where programs are
      env: {
        PATH: process.env.PATH,
        ...env,
        HOST: '127.0.0.1',
        PORT: port,
        DATABASE_URL: await newDatabase(),
        REDIS_URL: `${chat!.redis!.url}/1`,
      },
    })
    onTestFinished(() => void server.kill('SIGKILL'))
    let output = ''
    for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (output += text))
    const ended = once(server, 'exit')
    const status = (path: string) =>
      fetch(url + path).then(
        (answer) => answer.status,
        () => (server.exitCode === null ? 'nobody yet' : `it has ended: ${output}`),
      )
    await vi.waitUntil(async () => server.exitCode !== null || (await status('/readyz')) === 200, {
      timeout,
      interval: 100,
    })
    expect(await status('/readyz')).toBe(200)
    expect(await status('/healthz')).toBe(200)
    expect(await newAccount(url, 'ann')).toContain('session=')
    const script = await (await fetch(`${url}/client.js`)).text() // bundled now: it needs more packages than the server
    expect(script).toContain('emitWithAck')
    expect(await status('/static/tokens.css')).toBe(200)

    const [checker = '', ...asked] = healthCheck
    expect(checker).toBe('node')
    const here = asked.map((word) => word.replace(`:${env.PORT}/`, `:${port}/`))
    expect(here).not.toEqual(asked)
    await execute(process.execPath, here)
    server.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    await expect(execute(process.execPath, here)).rejects.toMatchObject({ code: 1 })
  })

  test('under a name of its own it takes people by https alone, and marks their cookies', async () => {
    const register = async (origin: string, name: string) => {
      // as a proxy passes it on
      const { host, protocol } = new URL(origin)
      const headers = { host, origin, 'x-forwarded-proto': protocol.slice(0, -1) }
      const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers }
      const sent = request(`${chat!.servers[0]!.url}/register`, { method: 'POST', headers: form })
      sent.end(new URLSearchParams(registration(name)).toString())
      const [answer]: IncomingMessage[] = await once(sent, 'response')
      answer!.resume()
      return { status: answer!.statusCode, cookie: answer!.headers['set-cookie']?.join() ?? '' }
    }
    expect(await register('http://chat.example', 'eve')).toEqual({ status: 403, cookie: '' })
    const secure = expect.stringContaining('Secure')
    expect(await register('https://chat.example', 'eve')).toEqual({ status: 303, cookie: secure })
    const near = await register('http://192.168.0.7:8080', 'fay')
    expect(near).toEqual({ status: 303, cookie: expect.not.stringContaining('Secure') })
  })

  test('a backup brings back what was there; once the numbers are ahead, pages that had seen more hear of what is new', async () => {
    const databaseUrl = await newDatabase()
    const folder = await temporaryFolder()
    const [backUp = '', bringBack = '', goAhead = ''] = await commandsUnder('Backups, and getting them back')
    const type = (commands: string, cwd = folder) =>
      execute('sh', ['-ec', commands], {
        cwd,
        env: {
          ...process.env,
          LC_ALL: 'C',
          DATABASE_URL: databaseUrl,
          PATH: [dirname(findProgram('pg_dump')!), process.env.PATH].join(delimiter),
        },
      })
    const start = async () => {
      const server = await run(dir, {
        compiled: true,
        patienceMs: 90_000,
        env: { DATABASE_URL: databaseUrl, REDIS_URL: '' },
      })
      onTestFinished(async () => void (await server.stop()))
      return server
    }

    let server = await start()
    const ann = (await newAccount(server.url, 'ann'))!
    const ben = (await newAccount(server.url, 'ben'))!
    let tab = await Tab.open(server.url, ann)
    for (const text of ['one', 'two']) await says(tab, text)
    await type(backUp)
    for (const text of ['three', 'four', 'five']) await says(tab, text)
    const { id: mark } = await says(tab, 'six')
    await newAccount(server.url, 'cleo')
    tab.close()
    expect(await server.stop()).toBe(0)

    const broken = await temporaryFolder()
    const whole = await readFile(join(folder, 'chat.dump'))
    await writeFile(join(broken, 'chat.dump'), whole.subarray(0, whole.length - 2_000))
    await expect(type(bringBack, broken)).rejects.toThrow('end of file')
    const { rows } = await query('SELECT count(*) AS count FROM messages', databaseUrl)
    expect(rows).toEqual([{ count: '6' }]) // as it was

    await type(bringBack)
    server = await start()
    tab = await Tab.open(server.url, ann) // still logged in
    expect(await synced(tab, 0)).toEqual(['one', 'two'])
    expect((await Tab.open(server.url, ben)).heard('login')).toMatchObject([{ username: 'ben' }])
    // Without more ado, numbers are given again, and a page that has seen as far as "six" asks for what comes above.
    expect(await says(tab, 'seven')).toMatchObject({ ok: true, id: Number(mark) - 3 })
    expect(await synced(tab, Number(mark))).toEqual([])
    tab.close()
    await server.stop()

    await type(goAhead)
    server = await start()
    tab = await Tab.open(server.url, ann)
    const { id } = await says(tab, 'eight')
    expect(Number(id)).toBeGreaterThan(Number(mark))
    expect(await synced(tab, Number(mark))).toEqual(['eight'])
    expect(await synced(tab, 0)).toEqual(['one', 'two', 'seven', 'eight'])
    expect(await newAccount(server.url, 'cleo')).toContain('session=') // who came later is not there any more
  })

  // Last, as it ends the servers.
  test('while each server is replaced in turn, people go on talking, and nothing is lost, nothing twice', async () => {
    const { url } = chat!.nginx
    const people = ['ann', 'ben', 'cleo', 'dan']
    const followers = await Promise.all(
      people.map(async (name) => new Follower(await Tab.open(url, (await newAccount(url, name))!))),
    )
    const talk = { isOver: false }
    const talking = followers.map(async ({ tab }, index) => {
      const acknowledged: string[] = []
      while (!talk.isOver) {
        const text = `${people[index]} ${acknowledged.length}`
        const said = { key: randomUUID(), room: general, message: text }
        for (;;) {
          const answer = await tab.ask('new message', said).catch(() => ({ ok: false, again: true })) // cut off: no answer
          if (answer.ok) break
          expect(answer).toMatchObject({ again: true })
          await wait(100)
        }
        acknowledged.push(text)
        await wait(100) // people may say ten things a second
      }
      return acknowledged
    })
    const heard = () => followers.map(({ tab }) => tab.heard('new message').length)
    for (const old of chat!.servers) {
      expect(await old.stop()).toBe(0)
      const env = { DATABASE_URL: chat!.databaseUrl, REDIS_URL: chat!.redis!.url }
      const next = await run(dir, {
        compiled: true,
        patienceMs: 90_000,
        port: Number(new URL(old.url).port),
        env,
      })
      onTestFinished(async () => void (await next.stop()))
      await untilReady(next, timeout)
      const before = heard()
      await expect
        .poll(() => heard().every((count, index) => count > before[index]! + 5), { timeout })
        .toBe(true)
    }
    talk.isOver = true
    const acknowledged = (await Promise.all(talking)).flat()

    const { rows } = await query('SELECT message FROM messages ORDER BY id')
    const kept = rows.map(({ message }) => String(message))
    expect(kept.toSorted()).toEqual(acknowledged.toSorted())
    for (const follower of followers) {
      await follower.catchUp()
      expect(follower.has).toEqual(kept)
      expect(follower.tab.heard('login').length).toBeGreaterThan(1) // cut off at least once
      follower.tab.close()
    }
  })
})

/** Has what a page has that asks for what it has missed each time it has connected, and now and then. */
class Follower {
  readonly tab: Tab
  /** all that it has been told, in order */
  readonly has: string[] = []
  #mark = 0
  #turn = Promise.resolve()

  constructor(tab: Tab) {
    this.tab = tab
    // The answer may not come: the server is being stopped. Then it connects again, and asks again.
    tab.socket.on('login', () => void this.catchUp().catch(() => {}))
  }

  /** Asks until nothing is missing. */
  catchUp(): Promise<void> {
    const turn = this.#turn.then(() => this.#ask())
    this.#turn = turn.catch(() => {}) // Who asked hears of it.
    return turn
  }

  async #ask(): Promise<void> {
    const { messages, more } = await this.tab.ask('sync', { messages: this.#mark, directs: 0 })
    if (!Array.isArray(messages)) return
    for (const { id, message } of messages.map(Object)) {
      this.has.push(message)
      this.#mark = id
    }
    if (more) await this.#ask()
  }
}

function says(tab: Tab, message: string): Promise<Record<string, unknown>> {
  return tab.ask('new message', { key: randomUUID(), room: general, message })
}

/** What a page gets that asks for what came since a number. */
async function synced(tab: Tab, messages: number): Promise<unknown[]> {
  const answer = await tab.ask('sync', { messages, directs: 0 })
  return Array.isArray(answer.messages) ? answer.messages.map((one) => Object(one).message) : []
}

/** The blocks of commands below a heading of DEPLOYING.md. */
async function commandsUnder(heading: string): Promise<string[]> {
  const text = await readFile(join(root, 'DEPLOYING.md'), 'utf8')
  const [section = ''] = text.split(`## ${heading}`)[1]?.split('\n## ') ?? []
  return [...section.matchAll(/^```sh\n(.*?)^```/gms)].map(([, commands = '']) => commands)
}

async function query(text: string, connectionString = chat!.databaseUrl) {
  const client = new Client({ connectionString })
  await client.connect()
  return client.query(text).finally(() => client.end())
}

/** An empty one, in the Postgres that is there already. */
async function newDatabase(): Promise<string> {
  const name = `d${randomUUID().replaceAll('-', '')}`
  await query(`CREATE DATABASE ${name}`)
  return chat!.databaseUrl.replace(/[^/]*$/, name)
}
