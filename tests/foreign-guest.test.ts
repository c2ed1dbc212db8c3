import { io } from 'socket.io-client'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { noBrowser } from '#shared/check/no-browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { findStep } from '#shared/course/course'
import { enter, openAs } from './gate/enter.ts'
import { runStep } from './support/run-step.ts'

vi.setConfig({ testTimeout: 180_000 }) // on a busy machine

// A guest as the Socket.IO project's chat example has them: no acknowledgements, "stop typing" before it has a name,
// and "add user" once more after each reconnect.

const browser = await sharedBrowser()
if (!browser) console.log(`The foreign guest meets no page: ${noBrowser}.`)
afterAll(() => browser?.close())

const patience = { timeout: 60_000 } // on a busy machine

// From the first step that asks for a name to the last, the events are the same ones; step 6 adds the typing.
describe.skipIf(!browser).each(['5', '9'])('in step %s', (number) => {
  test('a guest with a program of their own chats with our page, both ways, before and after a reconnect', async () => {
    const step = findStep(number)
    const program = await runStep(step)
    const jarrett = foreignGuest(program.url, 'jarrett')
    const ann = await browser!.newPage()
    ann.setDefaultTimeout(patience.timeout)
    const log = ann.getByRole('log')
    await openAs(ann, program.url, step, 'ann')
    await enter(ann, step, 'ann')
    await expect
      .poll(() => jarrett.heard, patience)
      .toContainEqual(['user joined', { username: 'ann', numUsers: 2 }])

    for (const when of ['before', 'after']) {
      jarrett.say(`${when}, from jarrett`)
      await log.getByText(`${when}, from jarrett`).waitFor()
      await ann.getByRole('textbox', { name: 'Message' }).fill(`${when}, from ann`)
      await ann.keyboard.press('Enter')
      const message = `${when}, from ann`
      await expect
        .poll(() => jarrett.heard, patience)
        .toContainEqual(['new message', { username: 'ann', message }])
      if (when === 'before') await jarrett.losesTheConnection()
    }
    await log.getByText('jarrett joined').waitFor()

    if (number !== '5') {
      expect(jarrett.heard).toContainEqual(['typing', { username: 'ann' }])
      jarrett.socket.emit('typing')
      await ann.getByText('jarrett is typing').waitFor()
      jarrett.socket.emit('stop typing')
      await ann.getByText('jarrett is typing').waitFor({ state: 'detached' })
    }
    jarrett.socket.disconnect()
    await log.getByText('jarrett left').last().waitFor()
    await ann.context().close()
    await program.stop()
  })
})

function foreignGuest(url: string, name: string) {
  const socket = io(url, { reconnectionDelay: 10, forceNew: true })
  const heard: [string, unknown][] = []
  socket.onAny((event, value) => heard.push([event, value]))
  socket.emit('stop typing')
  socket.emit('add user', name)
  socket.io.on('reconnect', () => socket.emit('add user', name))
  return {
    socket,
    heard,
    say(message: string) {
      socket.emit('new message', message)
      socket.emit('stop typing')
    },
    /** The connection breaks; it is back, and inside again, when this returns. */
    async losesTheConnection() {
      const logins = () => heard.filter(([event]) => event === 'login').length
      const before = logins()
      socket.io.engine.close()
      await expect.poll(logins, patience).toBeGreaterThan(before)
    },
  }
}
