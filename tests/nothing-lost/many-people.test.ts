import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { newAccount } from '#shared/check/account'
import { findStep, firstWithServers } from '#shared/course/course'
import { cuttableLine, manyServers, type CuttableLine } from '../support/many-servers.ts'
import { chance } from '../support/traffic.ts'
import { Talker } from './talker.ts'

// Three servers and all that can happen to them at once. STORM=large: 150 people, who talk for two minutes.
const seeds = (process.env.SEEDS ?? '1').split(',').map(Number)
const size =
  process.env.STORM === 'large'
    ? { people: 150, messages: 3_000, pauseMs: 6_000, kills: 12 }
    : { people: 15, messages: 150, pauseMs: 500, kills: 2 }
const timeout = 300_000 // on a busy machine
const general = 1
const cutMs = 3_000

test.for(seeds)(
  'three servers are killed, lose Redis, Postgres and their nginx: nothing is lost, nothing comes twice (seed %d)',
  { timeout: 4 * timeout },
  async (seed, { skip }) => {
    let line: CuttableLine | undefined
    const chat = await manyServers(findStep(String(firstWithServers)).dir, 3, async (index, url) => {
      if (index !== 0) return url
      line ??= await cuttableLine(Number(new URL(url).port))
      return `redis://127.0.0.1:${line.port}`
    })
    if (!chat) return skip('nginx, Postgres or Redis is not installed')
    const random = chance(seed)
    const talkers: Talker[] = []
    const over = new AbortController() // when somebody fails, nothing else is waited for
    try {
      for (let index = 0; index < size.people; index++) {
        const cookie = await newAccount(chat.nginx.url, `p${index}`)
        talkers.push(new Talker(`p${index}`, chat.nginx.url, cookie ?? '', general))
      }
      let said = 0
      const talking = talkers.map(async (talker) => {
        for (let index = 0; index < size.messages / size.people; index++) {
          await wait(random.number(0, 2 * size.pauseMs)) // People do not all talk at once.
          await talker.says(`${talker.name}:${index}`)
          said += 1
        }
      })
      // What happens is spread over what is said: how long that takes, the machine decides.
      const after = async (share: number) => {
        while (said < share * size.messages) await wait(50, undefined, { signal: over.signal })
      }
      let postgresIsBack: Promise<void> | undefined
      const kills = async () => {
        for (let index = 0; index < size.kills; index++) {
          await after((index + 0.5) / size.kills)
          await chat.restart(index % 3).catch(async (error: unknown) => {
            // A server does not start without its database: whatever supervises it starts it again.
            if (!postgresIsBack || !/The database cannot be used|DatabaseError/.test(String(error)))
              throw error
            await postgresIsBack
            await chat.restart(index % 3)
          })
        }
      }
      const faults = async () => {
        await after(0.2)
        line!.cut()
        await wait(cutMs)
        line!.mend()
        await after(0.5)
        await (postgresIsBack = chat.postgres!.restart())
        await after(0.8)
        chat.nginx.signal('SIGHUP')
      }
      await Promise.all([...talking, kills(), faults()])
      talkers.forEach((talker) => talker.rests())

      const database = new Client({ connectionString: chat.databaseUrl })
      await database.connect()
      const { rows } = await database.query('SELECT message FROM messages ORDER BY id')
      await database.end()
      const kept = rows.map(({ message }) => String(message))
      expect(kept).toHaveLength(size.messages)
      expect(new Set(kept).size).toBe(kept.length)
      for (const talker of talkers) {
        expect(kept.filter((text) => text.startsWith(`${talker.name}:`))).toEqual(talker.said)
        await expect.poll(() => talker.texts.length, { timeout }).toBe(kept.length)
        expect(talker.texts).toEqual(kept)
        expect(talker.wrong).toEqual([])
      }
      const silence = Math.max(...talkers.map(({ longestSilenceMs }) => longestSilenceMs))
      console.log(
        `${size.people} people, ${kept.length} messages, ${size.people * kept.length} times shown: 0 lost, 0 twice; longest silence ${(silence / 1000).toFixed(1)} s`,
      )
    } finally {
      over.abort()
      for (const talker of talkers) talker.leave()
      await chat.stop()
      line?.close()
    }
  },
)
