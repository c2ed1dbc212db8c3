import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findStep, programFilesIn, type Step } from '#shared/course/course'
import { programFolder } from '../support/folders.ts'
import { attack, weaknesses } from './harness.ts'

const beforeTheLimit = 'socket.use(([, ...sent], next) => {' // which would save it

/** A step with a mistake planted in its server. */
async function planted(from: string, to: string, step = findStep('5')): Promise<Step> {
  const dir = await programFolder()
  for (const file of programFilesIn(step.dir)) await cp(join(step.dir, file), join(dir, file))
  const source = await readFile(join(dir, 'server.ts'), 'utf8')
  expect(source).toContain(from)
  await writeFile(join(dir, 'server.ts'), source.replace(from, to))
  return { ...step, dir }
}

test.each([
  {
    mistake: 'calls an acknowledgement without a check',
    from: "if (typeof acknowledge === 'function') acknowledge({ ok: true })",
    to: 'acknowledge({ ok: true })',
    by: 'wrong payloads',
    words: /^it died: TypeError: acknowledge is not a function/,
  },
  {
    mistake: 'refuses with a stack trace',
    from: "socket.emit('refused', { error })",
    to: "socket.emit('refused', { error: new Error(error).stack! })",
    by: 'wrong payloads',
    words: /it refused in no clear words: .*→ Error: A (name|message) .*\n +at /,
  },
  {
    mistake: 'answers a request with an error of its own',
    from: 'response.status(404)',
    to: 'response.status(500)',
    by: 'requests that nobody expects',
    words: /it refused in no clear words: GET \/nowhere {2}→ 500 There is nothing/,
  },
  {
    mistake: 'hangs up on a guest who says something wrong',
    from: "else socket.emit('refused', { error })",
    to: 'else socket.disconnect(true)',
    by: 'wrong payloads',
    words: /it hung up/,
  },
  {
    mistake: 'lets nobody in after a wrong name',
    from: 'return refuse(`A name has',
    to: "io.use((_socket, next) => next(new Error('full')))\nreturn refuse(`A name has",
    by: 'wrong payloads',
    words: /nobody new came in afterwards/,
  },
  {
    mistake: 'loses what somebody says',
    from: "socket.broadcast.emit('new message'",
    to: "if (!message.startsWith('honest')) socket.broadcast.emit('new message'",
    by: 'connections that never speak',
    words: /times somebody did not hear what was said/,
  },
  {
    mistake: 'does not end well',
    from: 'await listen(server)',
    to: 'await listen(server)\nprocess.prependListener("exit", () => (process.exitCode = 7))',
    by: 'connections that never speak',
    words: /it was asked to stop, and ended with 7/,
  },
])('a program that $mistake is found out', async ({ from, to, by, words }) => {
  const report = await attack({
    step: await planted(from, to),
    seed: 7,
    size: 0.02,
    only: [by],
    settleMs: 1_000,
  })
  expect(weaknesses(report).join('\n')).toMatch(words)
})

test('a program that keeps what it is sent is found out', async ({ skip }) => {
  const keeping = `${beforeTheLimit}\nObject.assign(io, { [Math.random()]: Buffer.alloc(1_000_000, 1) })`
  const report = await attack({
    step: await planted(beforeTheLimit, keeping, findStep('7')),
    seed: 7,
    size: 0.006, // a flood of 150, two thirds of them events
    only: ['floods'],
  })
  if (report.peakMb === undefined) return skip('this system does not tell how much memory a process has')
  const few = 150 // MB; without the mistake it takes half of that
  expect(weaknesses(report, few)).toContain(`it took ${report.peakMb} MB, and ${few} are allowed`)
})
