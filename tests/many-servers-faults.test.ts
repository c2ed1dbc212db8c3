import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { newAccount } from '#shared/check/account'
import { Tab } from '#shared/check/tab'
import { findStep } from '#shared/course/course'
import { cuttableLine, manyServers, type CuttableLine } from './support/many-servers.ts'

// What becomes of three servers when Redis is away, Postgres is started again, and nginx reads its settings again.

const timeout = 60_000 // on a busy machine
const general = 1

let line: CuttableLine
const chat = await manyServers(findStep('18').dir, 3, async (index, url) => {
  if (index !== 0) return url
  line = await cuttableLine(Number(new URL(url).port))
  return `redis://127.0.0.1:${line.port}`
})
const tabs: Tab[] = []
let accounts = 0

afterEach(() => {
  for (const tab of tabs.splice(0)) tab.close()
})
afterAll(async () => {
  await chat?.stop()
  line?.close()
})

describe.skipIf(!chat)('three servers', () => {
  test('while one is cut off from Redis for 3 s, all is taken, and everybody has it afterwards', async () => {
    const near = await opens(0)
    const far = await opens(1)
    const isBack = new Promise((resolve) => near.socket.io.once('reconnect', resolve))
    line.cut()
    await expect.poll(() => status(0, '/readyz'), { timeout }).toBe(503)
    expect(await status(0, '/healthz')).toBe(200)
    const startedAt = performance.now()
    let rounds = 0
    for (; performance.now() - startedAt < 3_000; rounds++) {
      for (const [tab, where] of [
        [near, 'near'],
        [far, 'far'],
      ] as const) {
        expect(await says(tab, `${where} ${rounds}`)).toMatchObject({ ok: true })
      }
      await wait(100) // some of it each moment of the three seconds
    }
    line.mend()
    await expect.poll(() => status(0, '/readyz'), { timeout }).toBe(200)
    await isBack // This server's guests have connected again, and ask for what they have missed.
    // Who was not cut off hears it late, and live.
    const all = Array.from({ length: rounds }, (_, round) => [`near ${round}`, `far ${round}`]).flat()
    await expect.poll(() => texts(far), { timeout }).toEqual(all.filter((text) => text.startsWith('near')))
    for (const tab of [near, far]) expect(await synced(tab)).toEqual(all)
    await says(far, 'after it')
    await expect.poll(() => texts(near), { timeout }).toContain('after it')
    expect(names(near)).toEqual(names(far))
  })

  test('while Redis is started again, all is taken, and nobody seems to have left', async () => {
    const near = await opens(0)
    const far = await opens(1)
    const reconnected = [near, far].map(
      (tab) => new Promise((resolve) => tab.socket.io.once('reconnect', resolve)),
    )
    for (const tab of [near, far]) await expect.poll(() => names(tab), { timeout }).toHaveLength(2) // Who was there before has left.
    const people = names(near)
    await chat!.redis!.restart()
    await Promise.all(reconnected)
    await expect.poll(() => status(0, '/readyz'), { timeout }).toBe(200)
    await expect.poll(() => status(1, '/readyz'), { timeout }).toBe(200)
    expect(await says(near, 'with a new Redis')).toMatchObject({ ok: true })
    await expect.poll(() => texts(far), { timeout }).toContain('with a new Redis')
    for (const tab of [near, far]) {
      const left = tab.heard('user left').map((one) => Object(one).username)
      expect(left.filter((name) => people.includes(name))).toEqual([])
      expect(names(tab)).toEqual(people)
    }
  })

  test('while Postgres is started again, who speaks is told to try again, and no server ends', async () => {
    const near = await opens(0)
    const far = await opens(1)
    const restart = { isOver: false }
    const restarted = chat!.postgres!.restart().finally(() => (restart.isOver = true))
    const kept: string[] = []
    const refusals: unknown[] = []
    for (let index = 0; !restart.isOver || kept.length === 0; index++) {
      const answer = await says(near, `number ${index}`)
      if (answer.ok) kept.push(`number ${index}`)
      else refusals.push(answer)
    }
    await restarted
    expect(refusals.length).toBeGreaterThan(0)
    for (const refusal of refusals) {
      expect(refusal).toEqual({ ok: false, error: 'It could not be kept: try again.', again: true })
    }
    await expect.poll(() => texts(far).at(-1), { timeout }).toBe(kept.at(-1))
    expect((await synced(far)).filter((text) => text.startsWith('number'))).toEqual(kept)
    expect(chat!.servers.map(({ running }) => running)).toEqual([true, true, true])
  })

  test('while nginx reads its settings again, nobody is cut off', async () => {
    const cookie = (await newAccount(chat!.nginx.url, `ann${(accounts += 1)}`))!
    const tab = await Tab.open(chat!.nginx.url, cookie)
    tabs.push(tab)
    chat!.nginx.signal('SIGHUP')
    for (let index = 0; index < 20; index++) {
      expect(await says(tab, `while it reads ${index}`)).toMatchObject({ ok: true })
    }
    expect(tab.socket.connected).toBe(true)
  })

  test('while one after the other is down, all who come get in over WebSocket at the first try', async () => {
    const { nginx, servers } = chat!
    const cookies: string[] = []
    for (let index = 0; index < 12; index++) cookies.push((await newAccount(servers[0]!.url, `ben${index}`))!)
    for (const index of [0, 1, 2]) {
      await servers[index]!.kill()
      const came = await Promise.all(cookies.map((cookie) => Tab.open(nginx.url, cookie)))
      tabs.push(...came)
      expect(came.map(({ socket }) => socket.connected)).toEqual(cookies.map(() => true))
      await chat!.restart(index)
    }
  })
})

/** Somebody with an account opens a tab at a server. */
async function opens(server: number): Promise<Tab> {
  accounts += 1
  const { url } = chat!.servers[server]!
  const tab = await Tab.open(url, (await newAccount(url, `p${accounts}`))!)
  tabs.push(tab)
  return tab
}

function says(tab: Tab, message: string): Promise<Record<string, unknown>> {
  return tab.ask('new message', { key: randomUUID(), room: general, message })
}

async function status(server: number, path: string): Promise<number> {
  return (await fetch(chat!.servers[server]!.url + path)).status
}

function texts(tab: Tab): string[] {
  return tab.heard('new message').map((one) => String(Object(one).message))
}

/** All that was said, as a page gets it that asks from the beginning. */
async function synced(tab: Tab): Promise<string[]> {
  const answer = await tab.ask('sync', { messages: 0, directs: 0 })
  return Array.isArray(answer.messages) ? answer.messages.map((one) => String(Object(one).message)) : []
}

/** Who is here, as a tab was told last. */
function names(tab: Tab): unknown[] {
  const users = tab.heard('users').at(-1)
  return Array.isArray(users) ? users.map((one) => Object(one).username) : []
}
