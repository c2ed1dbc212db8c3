import { expect, test } from 'vitest'
import { show, Transcript } from './transcript.ts'

const neverMs = 60_000 // longer than a test may take

test('an error of the server is waited for, behind the line of its request', async () => {
  const transcript = new Transcript()
  transcript.server('TypeError: of an earlier request')
  const since = transcript.lines.length
  const waiting = transcript.serverError(since, neverMs)
  transcript.server('POST /register 500')
  await expect(isOver(waiting)).resolves.toBe(false)
  transcript.server('ReferenceError: roomOf is not defined')
  await expect(waiting).resolves.toBeUndefined()
  await expect(transcript.serverError(since, neverMs)).resolves.toBeUndefined() // It has come already.
})

test('a server that prints no error is waited for no longer than said', async () => {
  const transcript = new Transcript()
  transcript.server('http://localhost:3000')
  await expect(transcript.serverError(0, 1)).resolves.toBeUndefined()
})

test('a server that runs elsewhere, whose lines nobody sees, is not waited for', async () => {
  await expect(new Transcript().serverError(0, neverMs)).resolves.toBeUndefined()
})

test("what nobody sees is written out, and does nothing to the reader's terminal", () => {
  const transcript = new Transcript()
  transcript.server('"\u009B2J" joined')
  expect(transcript.lines).toEqual([String.raw`[your server] "\u009b2J" joined`])
  expect(show('an\u200Bn \u202E')).toBe(String.raw`"an\u200bn \u202e"`)
})

/** Whether it is over after everything that was due. */
async function isOver(waiting: Promise<void>): Promise<boolean> {
  return Promise.race([
    waiting.then(() => true),
    new Promise<boolean>((resolve) => setImmediate(() => resolve(false))),
  ])
}
