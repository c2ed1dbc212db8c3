import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { findStep, root, steps } from '#shared/course/course'
import { type } from './support/type-command.ts'
import { projectCopy } from './support/folders.ts'
import { begin, save } from '#shared/course/work-folder'

const last = steps.length

/** What a command that ends by itself prints, with its exit code. */
const outcome = (folder: string, line: string) => type(folder, line).end()

describe('what is typed wrongly is answered with what to type', () => {
  const unknown = (name: string) =>
    `There is no step "${name}": the steps are 1 to ${last}.\nTo see them all:  npm run step`
  const lone = "npm took --port for itself: between npm's words and ours stands a lone --."
  const example = 'For example:  npm run step 6 -- --port 3001'
  const stepOptions = '--port 3001, --share, --no-wire, --delay 200, --trickle 2000, --refuse-websocket'

  // None of these changes anything, so the project itself will do.
  test.concurrent.for([
    ['step 99', unknown('99')],
    ['step four', unknown('four')],
    ['work 0', unknown('0')],
    ['diff 1 99', unknown('99')],
    ['step 6 3001', `npm run step takes one word, and here are 2: 6 3001.\n${example}`],
    ['diff 1 2 3', 'npm run diff takes 2 words, and here are 3: 1 2 3.\nFor example:  npm run diff 3 4'],
    [
      'start 4',
      'npm start takes no word behind it, and here are 1: 4.\nFor example:  npm start -- --port 3001',
    ],
    ['step 6 --shar', `npm run step does not know --shar. Its options are: ${stepOptions}.\n${example}`],
    [
      'step 6 --port',
      `Option '--port <value>' argument missing. Its options are: ${stepOptions}.\n${example}`,
    ],
    [
      'step 6 --delay soon',
      '--delay is "soon", and it takes a number from 0 up.\nFor example:  npm run step 6 -- --delay 200',
    ],
    [
      'wire',
      'The wire needs an address to stand in front of.\nFor example:  npm run wire -- --to http://localhost:5000 --delay 200',
    ],
    ['doctor --all', 'npm run doctor does not know --all. It has no options.\nFor example:  npm run doctor'],
    [
      'step 6 --port abc',
      '--port is "abc", and a port is a whole number from 0 to 65535.\nFor example:  npm run step 6 -- --port 3001',
    ],
    [
      'work 4 --port 65536',
      '--port is "65536", and a port is a whole number from 0 to 65535.\nFor example:  npm run work 4 -- --port 3001',
    ],
    ['saved nothing', 'There is no saved copy "nothing", nor any other.\nTo see them all:  npm run saved'],
  ] as const)('%s', async ([line, answer], context) => {
    expect(await type(root, line, {}, context.onTestFinished).end()).toEqual([1, answer])
  })

  test.concurrent.for([
    ['step 6', { npm_config_port: '3001' }, 'npm run step 6 -- --port 3001'],
    ['step 6 3001', { npm_config_port: 'true' }, 'npm run step 6 -- --port 3001'],
    ['work', { npm_config_port: '3001' }, 'npm run work -- --port 3001'],
    ['start', { npm_config_port: '3001' }, 'npm start -- --port 3001'],
  ] as const)('%s, when npm has taken the option: %j', async ([line, env, right], context) => {
    expect(await type(root, line, env, context.onTestFinished).end()).toEqual([1, `${lone}\nType:  ${right}`])
  })

  test('a step on a port that is taken', async () => {
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
    'steps/06-typing runs, step 6 · Who is typing; its lesson is steps/06-typing/README.md',
    expect.stringMatching(/^What crosses the wire: {2}http:\/\/localhost:\d+\/wire$/),
    'An edit is live at once. Ctrl-C stops it.',
  ])
  expect((await fetch(address ?? '')).status).toBe(200)
  expect(await step.stop()).toBe(0)
})

test('npm run step tells where one is: ticks, minutes and the next command', async () => {
  const folder = await projectCopy()
  const [, empty] = await outcome(folder, 'step')
  expect(empty).toContain('   1  Hello, HTTP                    10 min\n')
  expect(empty).toContain(`${steps.reduce((sum, { minutes }) => sum + minutes, 0)} min in all`)
  expect(empty).toContain('Next: npm run work   (begins step 1 in work/)')

  await begin(findStep('2'), { folder })
  const progress = (passed: object) =>
    writeFile(join(folder, '.workshop.json'), JSON.stringify({ passed, hints: {} }))
  await progress({ 1: '2026-01-01T10:00:00.000Z' })
  const [, begun] = await outcome(folder, 'step')
  expect(begun).toMatch(/^ +1 .* 10 min  ✓ passed$/m)
  expect(begun).toMatch(/^→ +2 .* 10 min  work\/ is here$/m)
  expect(begun).toContain('Next: npm run work   (runs your program)\n      npm run check  (is it there yet?)')

  await progress({ 2: '2026-01-01T10:00:00.000Z' })
  const [, passed] = await outcome(folder, 'step')
  expect(passed).toMatch(/^→ +2 .*✓ passed, work\/ is here$/m)
  expect(passed).toContain('Next: npm run next   (step 3 · A connection that stays open)')
})

test('npm run work begins with step 1, goes on with what is there, and saves before it begins another', async () => {
  const folder = await projectCopy()
  const work = join(folder, 'work')
  const first = type(folder, 'work --port 0')
  await first.prints('npm run check')
  expect(first.output()).toMatch(
    /^work\/ now holds where step 1 · Hello, HTTP begins\.\nhttp:\/\/localhost:\d+\nwork runs/,
  )
  await writeFile(join(work, 'server.ts'), "import './mine.ts'\n")
  await first.prints(/work\/server\.ts does not start: .*mine\.ts/)
  await writeFile(join(work, 'mine.ts'), await readFile(join(steps[0]?.dir ?? '', 'server.ts')))
  await first.prints(/mine\.ts changed\nhttp:/)
  expect(await first.stop()).toBe(0)

  const again = type(folder, 'work --port 0')
  await again.prints('npm run check')
  expect(again.output()).toMatch(/^http:/)
  expect(await again.stop()).toBe(0)
  expect(await readdir(folder)).not.toContain('work.saved')

  const third = type(folder, 'work 3 --port 0')
  await third.prints('npm run check')
  const [copy] = await readdir(join(folder, 'work.saved'))
  expect(copy).toMatch(/_step-01$/)
  expect(third.output()).toContain(
    `Saved what was in work/: work.saved/${copy}  (back with:  npm run saved ${copy})\nwork/ now holds where step 3`,
  )
  expect(await third.stop()).toBe(0)
  expect((await readdir(work)).toSorted()).toEqual([
    '.step',
    'client.ts',
    'events.ts',
    'index.html',
    'server.ts',
  ])
})

test('npm start runs step 1 while there is no work/, and then work/', async () => {
  const folder = await projectCopy()
  const first = type(folder, 'start --port 0')
  await first.prints('Ctrl-C')
  expect(first.output()).toContain('steps/01-hello-http runs')
  const [, classroom = ''] = /Open the classroom: {2}(\S+)/.exec(first.output()) ?? []
  const lesson = await fetch(`${classroom}/lesson/1`)
  expect(await lesson.text()).toContain('Hello, HTTP')
  expect(await first.stop()).toBe(0)
  await begin(findStep('2'), { folder })
  const second = type(folder, 'start --port 0')
  await second.prints('Ctrl-C')
  expect(second.output()).toContain('work runs, step 2 · Polling')
  await second.stop()
})

test('npm run saved tells how copies come about, lists them and puts one back', async () => {
  const folder = await projectCopy()
  const [, none] = await outcome(folder, 'saved')
  expect(none).toMatch(/^No copies yet\. "npm run work N" .* make one of work\/ before they change it\.$/)

  await begin(findStep('2'), { folder })
  await writeFile(join(folder, 'work', 'server.ts'), '// mine')
  const copy = await save({ folder })
  await writeFile(join(folder, 'work', 'server.ts'), '// later')
  const [, list] = await outcome(folder, 'saved')
  expect(list).toMatch(
    new RegExp(`^  1  .*  step 2  1 file   work\\.saved/${copy?.name}\nTo put one back .*npm run saved 1$`),
  )

  const [exitCode, restored] = await outcome(folder, 'saved 1')
  expect(exitCode).toBe(0)
  expect(restored).toContain(
    `work/ now holds work.saved/${copy?.name}, step 2 · Polling.\nNext: npm run work`,
  )
  expect(await readFile(join(folder, 'work', 'server.ts'), 'utf8')).toBe('// mine')
  expect(await readdir(join(folder, 'work.saved'))).toHaveLength(2)
})

test('npm run diff tells the way from work/ to the finished step, or from one step to another', async () => {
  const folder = await projectCopy()
  expect(await outcome(folder, 'diff')).toEqual([
    1,
    'There is no work/ yet to compare with.\nTo begin step 1:  npm run work      To compare two finished steps:  npm run diff 3 4',
  ])
  await begin(findStep('6'), { folder })
  const [exitCode, text] = await outcome(folder, 'diff')
  expect(exitCode).toBe(0)
  expect(text).toMatch(
    /^--- work\/server\.ts\n\+\+\+ steps\/06-typing\/server\.ts\n@@ -\d+,\d+ \+\d+,\d+ @@\n /,
  )
  expect(text).toContain("\n+  socket.on('typing', () => {\n")
  expect(await outcome(folder, 'diff 5')).toEqual([0, 'work and steps/05-nicknames are the same program.'])

  const [, between] = await outcome(folder, 'diff 1 2')
  expect(between).toContain('--- /dev/null\n+++ steps/02-polling/client.ts\n@@ -0,0 +1,')
  await rm(join(folder, 'work'), { recursive: true })
  await mkdir(join(folder, 'work'))
  expect((await outcome(folder, 'diff'))[0]).toBe(1)
})

test('npm run doctor finds this machine ready, and packages that are not the ones of package-lock.json', async () => {
  const folder = await projectCopy()
  const [exitCode, healthy] = await outcome(folder, 'doctor')
  expect(healthy).toMatch(/This machine is ready\. {2}Next: npm start$/)
  expect(healthy).toMatch(/^✓ ok {4}SQLite \(better-sqlite3\) opens a database$/m)
  expect(healthy).toMatch(/^✓ ok {4}a WebSocket connects$/m)
  expect(exitCode).toBe(0)

  const lock = join(folder, 'package-lock.json')
  const text = await readFile(lock, 'utf8')
  await writeFile(lock, text.replace(/("node_modules\/express": \{\s*"version": )"[^"]+"/, '$1"0.0.1"'))
  const [failed, ill] = await outcome(folder, 'doctor')
  expect(failed).toBe(1)
  expect(ill).toMatch(
    /^✗ NO {4}packages: 1 differ from package-lock\.json; express is \S+ instead of 0\.0\.1\n +npm install$/m,
  )
  expect(ill).toMatch(/To be mended: 1\.$/)
})

test('npm test runs the tests whose path holds the words', async () => {
  const [exitCode, output] = await outcome(root, 'test shared/progress --reporter=dot')
  expect(output).toMatch(/Test Files {2}1 passed/)
  expect(exitCode).toBe(0)
})

test('npm run style finds a file that is not formatted, and -- --fix formats it', async () => {
  const folder = await projectCopy()
  await writeFile(join(folder, '.prettierignore'), 'shared\nsteps\nstatic\n')
  await writeFile(join(folder, '.prettierrc.json'), await readFile(join(root, '.prettierrc.json')))
  await writeFile(join(folder, 'package-lock.json'), '{}\n')
  await writeFile(join(folder, 'messy.ts'), 'console.log( "a" );')
  const [exitCode, output] = await outcome(folder, 'style')
  expect(exitCode).toBe(1)
  expect(output).toContain('messy.ts')
  expect(output).toContain('To put in order what can be:  npm run style -- --fix')
  await type(folder, 'style --fix').end()
  expect(await readFile(join(folder, 'messy.ts'), 'utf8')).toBe("console.log('a')\n")
})
