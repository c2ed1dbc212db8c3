import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { root } from '#shared/course/course'
import { type } from './support/type-command.ts'
import { projectCopy } from './support/folders.ts'

/** What a command that ends by itself prints, with its exit code. */
const outcome = (folder: string, line: string, env = {}) => type(folder, line, env).end()

// What else is answered to wrong words: shared/terminal/arguments.test.ts.
describe('what is typed wrongly ends with exit code 1, and with what to type', () => {
  test('a word that is missing', async () => {
    expect(await outcome(root, 'wire')).toEqual([
      1,
      'The wire needs the address of a program, behind --to.\nFor example:  npm run wire -- --to http://localhost:5000 --delay 200',
    ])
  })

  test('an option that npm has taken for itself', async () => {
    expect(await outcome(root, 'step 6', { npm_config_port: '3001' })).toEqual([
      1,
      'npm kept --port for itself, because there is no -- before it.\nType:  npm run step 6 -- --port 3001',
    ])
  })

  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    expect(await outcome(root, `step 6 --port ${port}`)).toEqual([
      1,
      `Port ${port} is taken, most likely by a step you left running.\nStop that one with Ctrl-C, or use another port:  npm run step 6 -- --port ${port + 1}`,
    ])
  })
})

test('npm run step N runs the finished step, and says where its lesson is', async () => {
  const step = type(root, 'step 06 --port 0')
  await step.prints('Ctrl-C')
  const [address, ...rest] = step.output().trimEnd().split('\n')
  expect(rest).toEqual([
    'steps/06-typing is running: step 6 · Who is typing. Its lesson: steps/06-typing/README.md',
    expect.stringMatching(/^What crosses the wire: {2}http:\/\/localhost:\d+\/wire$/),
    'Each edit is live as soon as you save. Ctrl-C stops it.',
  ])
  expect((await fetch(address ?? '')).status).toBe(200)
  expect(await step.stop()).toBe(0)
})

test('start, work, saved and diff: step 1 while there is no work/, then work/, which is saved before it changes', async () => {
  const folder = await projectCopy()
  const first = type(folder, 'start --port 0')
  await first.prints('Ctrl-C')
  expect(first.output()).toContain('steps/01-hello-http is running')
  const [, classroom = ''] =
    /^(\S+)\nThat is the classroom: open it in your browser\.\nhttp:/.exec(first.output()) ?? []
  expect(await (await fetch(`${classroom}/lesson/1`)).text()).toContain('Hello, HTTP')
  expect(await first.stop()).toBe(0)

  const begun = type(folder, 'work --port 0')
  await begun.prints('npm run check')
  expect(begun.output()).toMatch(
    /^work\/ now holds the start of step 1 · Hello, HTTP\.\nhttp:\/\/localhost:\d+\nwork is running/,
  )
  expect(await begun.stop()).toBe(0)
  const work = join(folder, 'work', 'server.ts')
  const mine = `${await readFile(work, 'utf8')}console.log('mine') // mine\n`
  await writeFile(work, mine)

  const other = type(folder, 'work 2 --port 0')
  await other.prints('npm run check')
  const [copy] = await readdir(join(folder, 'work.saved'))
  expect(copy).toMatch(/_step-01$/)
  expect(other.output()).toContain(
    `Your work/ is saved in work.saved/${copy}.\nTo bring it back:  npm run saved ${copy}\nwork/ now holds the start of step 2`,
  )
  expect(await other.stop()).toBe(0)
  expect(await readFile(work, 'utf8')).not.toBe(mine)

  expect(await outcome(folder, 'saved')).toEqual([
    0,
    expect.stringMatching(
      new RegExp(`^  1  .*  step 1  1 file   ${copy}\n.* To put one back .*npm run saved 1$`),
    ),
  ])
  expect(await outcome(folder, 'saved 1')).toEqual([
    0,
    `work/ now holds work.saved/${copy}, step 1 · Hello, HTTP.\nNext: npm run work`,
  ])
  expect(await readFile(work, 'utf8')).toBe(mine)

  const again = type(folder, 'start --port 0')
  await again.prints('Ctrl-C')
  expect(again.output()).toContain('work is running: step 1 · Hello, HTTP')
  expect(await again.stop()).toBe(0)

  const [exitCode, way] = await outcome(folder, 'diff')
  expect(exitCode).toBe(0)
  expect(way).toMatch(/^From work to steps\/01-hello-http, .*:\n {2}server\.ts {2}\+\d+ -1\n\n/)
  expect(way).toMatch(/\n--- work\/server\.ts\n\+\+\+ steps\/01-hello-http\/server\.ts\n@@ /)
  expect(way).toContain("\n-console.log('mine')")
  expect(await outcome(folder, 'diff 2 2')).toEqual([
    0,
    'steps/02-polling and steps/02-polling are the same program (comments and white space do not count).',
  ])
})

test('beside a classroom nothing is changed by npm run work, and begins at once wait for each other', async () => {
  const folder = await projectCopy()
  const start = type(folder, 'start --port 0')
  await start.prints('Ctrl-C')
  const [classroom = '', program = ''] = start.output().match(/^http:\/\/localhost:\d+$/gm) ?? []
  const { port } = new URL(program)
  const begin = async (step: number) => {
    const headers = { 'content-type': 'application/json', origin: classroom }
    const answer = await fetch(`${classroom}/api/begin`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ step }),
    })
    return [answer.status, await answer.text()]
  }
  const answers = await Promise.all([1, 2, 1, 2, 1, 2].map(begin))
  expect(answers).toEqual(answers.map(() => [200, '{"ok":true}']))
  const present = () =>
    Promise.all(['.step', 'server.ts'].map((file) => readFile(join(folder, 'work', file), 'utf8')))
  const work = await present()

  const taken = `The classroom is already running at ${classroom}, with your chat on port ${port}.\n`
  expect(await outcome(folder, `work 3 --port ${port}`)).toEqual([
    1,
    `${taken}Choose step 3 there. Or take another port:  npm run work 3 -- --port ${Number(port) + 1}`,
  ])
  expect(await outcome(folder, `start --port ${port}`)).toEqual([
    1,
    `${taken}Open that in a browser. Or take another port:  npm start -- --port ${Number(port) + 1}`,
  ])
  expect(await present()).toEqual(work)
  expect(await start.stop()).toBe(0)
})

test('npm run doctor finds this machine ready, but for a package that is not the one of package-lock.json', async () => {
  const folder = await projectCopy()
  const lock = join(folder, 'package-lock.json')
  const text = await readFile(lock, 'utf8')
  await writeFile(lock, text.replace(/("node_modules\/express": \{\s*"version": )"[^"]+"/, '$1"0.0.1"'))
  const [exitCode, report] = await outcome(folder, 'doctor')
  expect(report).toMatch(/^✓ ok {4}SQLite \(better-sqlite3\) opens a database$/m)
  expect(report).toMatch(/^✓ ok {4}a WebSocket connects$/m)
  expect(report).toMatch(
    /^✗ NO {4}packages: 1 differ from package-lock\.json; express is \S+ instead of 0\.0\.1\n +npm install$/m,
  )
  expect(report).toMatch(
    /^Not ready: 1 thing to do\.\nDo this: {2}npm install\nAfter it: {2}npm run doctor$/m,
  )
  expect(exitCode).toBe(1)
})

test('npm test hands its words to vitest', async () => {
  const filter = 'no-such-test-file'
  expect(await outcome(root, `test ${filter}`)).toEqual([1, expect.stringContaining(`filter: ${filter}`)])
})
