import { expect, onTestFinished, test, vi } from 'vitest'
import { newAccount } from '#shared/check/account'
import { Tab } from '#shared/check/tab'
import { findStep, firstWithServers, firstWithSession } from '#shared/course/course'
import { run, type Program } from '#shared/run/run'
import { connectAs } from './gate/enter.ts'
import { saying } from './hostile/honest.ts'
import { temporaryFolder } from './support/folders.ts'

// What a learner's program has kept is still there when it has become that of step 18.

vi.setConfig({ testTimeout: 120_000 }) // on a busy machine

const several = findStep(String(firstWithServers))

test.each(['8', '10', '13', '14', '15', '16', '17'])(
  'step 18 goes on with the file of step %s',
  async (number) => {
    const step = findStep(number)
    const dataDir = await temporaryFolder()
    const before = await start(step.dir, { DATA_DIR: dataDir })
    const cookie = step.number >= firstWithSession ? await newAccount(before.url, 'ann') : undefined
    const ann = await connectAs(before.url, step, 'ann', cookie)
    await ann.emitWithAck(...saying(step, 'said before'))
    ann.disconnect()
    await before.stop()

    const program = await start(several.dir, { DATA_DIR: dataDir })
    // Who was logged in still is.
    const tab = await Tab.open(program.url, cookie ?? (await newAccount(program.url, 'ann'))!)
    const [rooms] = tab.heard('rooms')
    expect(rooms).toEqual([{ id: 1, name: 'General', members: 1, isMember: true, unread: 0 }])
    const messages = () => tab.ask('room history', 1).then(({ messages: all }) => all)
    expect(await messages()).toMatchObject([{ id: 1, username: 'ann', message: 'said before' }])
    expect(await tab.ask('new message', { room: 1, message: 'said after' })).toMatchObject({
      ok: true,
      id: 2,
    })
    expect(await messages()).toMatchObject([{ message: 'said before' }, { id: 2, message: 'said after' }])
    tab.close()
  },
)

test('a database that does not answer ends it with a sentence', async () => {
  const DATA_DIR = await temporaryFolder()
  const DATABASE_URL = 'postgres://chat@127.0.0.1:9/postgres' // the port of discard, where nothing listens
  await expect(start(several.dir, { DATA_DIR, DATABASE_URL })).rejects.toMatchObject({
    output: [expect.stringMatching(/^The database cannot be used: /), expect.stringMatching(/DATABASE_URL/)],
  })
})

async function start(dir: string, env: Record<string, string>): Promise<Program> {
  const program = await run(dir, { compiled: true, patienceMs: 90_000, env })
  onTestFinished(async () => void (await program.stop()))
  return program
}
