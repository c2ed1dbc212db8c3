import { Client } from 'pg'
import { expect, test, vi } from 'vitest'
import { noBrowser } from '#shared/check/no-browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { findStep, firstWithServers, steps, type Step } from '#shared/course/course'
import { manyServers } from '../support/many-servers.ts'
import { messagesIn } from '../support/messages-in.ts'
import { runStep } from '../support/run-step.ts'
import { draws, storm, type Writer } from './storm.ts'

// A small storm. SEEDS, a list like 1,2,3, and STORM=large make more of it: npm run test:night.
const seeds = (process.env.SEEDS ?? '1').split(',').map(Number)
const size =
  process.env.STORM === 'large'
    ? { people: 20, messages: 2_000, cuts: 30, kills: 5, reloads: 20 }
    : { people: 4, messages: 160, cuts: 6, kills: 2, reloads: 4 }
const drawn = 3 // pages that somebody looks at and scrolls up in, at the end
const timeout = 60_000 + 500 * size.messages
const severalTimeout = 3 * timeout // Each server that was killed has to start again.
vi.setConfig({ testTimeout: timeout })

for (const seed of seeds) {
  for (const step of steps.filter(({ number }) => number >= 16)) {
    test(`step ${step.number}, seed ${seed}: what a page took is kept once and shown once, in one order`, async ({
      skip,
    }) => {
      const browser = await sharedBrowser()
      if (!browser) return skip(noBrowser)
      const program = await runStep(step)
      await storm({ step, program, size, seed, browser }, async (writers) => {
        const kept = await keptAndShown(step, writers, async () => messagesIn(program))
        expect(kept).toHaveLength(size.messages)
      })
    })
  }

  test(
    `three servers, seed ${seed}: the same, while now one and now another is killed`,
    { timeout: severalTimeout },
    async ({ skip }) => {
      const browser = await sharedBrowser()
      if (!browser) return skip(noBrowser)
      const step = findStep(String(firstWithServers))
      const chat = await manyServers(step.dir, 3)
      if (!chat) return skip('nginx, Postgres or Redis is not installed')
      const database = new Client({ connectionString: chat.databaseUrl })
      await database.connect()
      let kills = seed
      const program = {
        url: chat.nginx.url,
        restart: () => chat.restart(kills++ % 3),
        async stop() {
          await database.end()
          await chat.stop()
        },
      }
      await storm(
        { step, program, size: { ...size, kills: 3 * size.kills }, seed, browser },
        async (writers) => {
          const kept = await keptAndShown(step, writers, async () => {
            const { rows } = await database.query('SELECT message FROM messages ORDER BY id')
            return rows.map(({ message }) => String(message))
          })
          expect(kept).toHaveLength(size.messages)
        },
      )
    },
  )
}

/** Waits until all is quiet, and compares what is kept with what the pages took, and with what they show. Returns it. */
async function keptAndShown(step: Step, writers: Writer[], read: () => Promise<string[]>): Promise<string[]> {
  for (const { page } of writers) {
    await expect.poll(() => page.locator('[data-mark=waiting]').count(), { timeout }).toBe(0)
    expect(await page.locator('[data-mark=refused]').count()).toBe(0)
  }
  const kept = await read()
  expect(new Set(kept).size).toBe(kept.length)
  for (const { name, accepted } of writers) {
    expect(kept.filter((text) => text.startsWith(`${name}:`))).toEqual(accepted)
  }
  // From step 17 on a page has all of it, when one scrolls up. Before, the last 50 are there when it is loaded again.
  const isCaughtUp = step.number >= 17
  for (const [index, writer] of writers.entries()) {
    const { page } = writer
    if (index < drawn) await draws(writer) // The others have asked for older lines all the time: who is not drawn is at the top.
    if (!isCaughtUp) await page.reload()
    const shown = async () => {
      await page.locator('[role=log]').evaluate((log) => log.scrollTo(0, -log.scrollHeight))
      return page.locator('[role=log] li:not(.news) > span').allTextContents()
    }
    await expect.poll(shown, { timeout }).toEqual(isCaughtUp ? kept : kept.slice(-50))
  }
  return kept
}
