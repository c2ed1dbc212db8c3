import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { root, start, steps, type Step } from '#shared/course/course'
import { buildsItsStep, checkpointsHold } from './lessons.ts'

const lesson = `# 01 · A lesson for a test

Given: \`words.ts\` has the words.

\`\`\`diff server.ts
 import express from 'express'
 import { listen } from '#shared/serve/listen'
+import { hello } from './words.ts'
\`\`\`

\`\`\`diff server.ts
 const app = express()
+app.get('/hello', (_request, response) => response.send(hello))
\`\`\`

> **Checkpoint 1** · save, then \`npm run check\`: task 1 passes.

\`\`\`ts new bye.ts
// A comment is not typed.
export const bye = 'bye'
\`\`\`

\`\`\`diff server.ts
 import { listen } from '#shared/serve/listen'
+import { bye } from './bye.ts'
 import { hello } from './words.ts'
\`\`\`

\`\`\`diff server.ts
 
+app.get('/bye', (_request, response) => response.send(bye))
 await listen
\`\`\`

> **Checkpoint 2** · all tasks pass.

\`\`\`ts quote bye.ts
export const bye = 'bye'
\`\`\`
`.replace(' await listen\n', ' await listen(createServer(app))\n')

const earlierServer = `import { createServer } from 'node:http'
import express from 'express'
import { listen } from '#shared/serve/listen'

const app = express()

await listen(createServer(app))
`
const finishedServer = `import { createServer } from 'node:http'
import express from 'express'
import { listen } from '#shared/serve/listen'
import { bye } from './bye.ts'
import { hello } from './words.ts'

const app = express()
app.get('/hello', (_request, response) => response.send(hello))

app.get('/bye', (_request, response) => response.send(bye))
await listen(createServer(app))
`
const task = (word: string) => `test('it says ${word}', async ({ visitor }) => {
  const { text } = await visitor('ann').get('/${word}')
  need(text === '${word}', { expected: '${word}', saw: 'other words', look: 'server.ts' })
})
`
const files = {
  'before/server.ts': earlierServer,
  'step/server.ts': finishedServer,
  'step/words.ts': "export const hello = 'hello'\n",
  'step/bye.ts': "// A comment is not typed.\nexport const bye = 'bye'\n",
  'step/README.md': lesson,
  'step/check.test.ts': `import { need } from '#shared/check/not-yet'
import { test } from '#shared/check/test'

${task('hello')}
${task('bye')}`,
}

/** A step and the one before it, in a folder of this project's, so that \`#shared/…\` is found. */
async function written(changed: Record<string, string> = {}): Promise<[step: Step, from: Step]> {
  await mkdir(join(root, '.data'), { recursive: true })
  const dir = await mkdtemp(join(root, '.data', 'fixture-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }))
  for (const [file, text] of Object.entries({ ...files, ...changed })) {
    await mkdir(dirname(join(dir, file)), { recursive: true })
    await writeFile(join(dir, file), text)
  }
  return [
    { ...steps[0]!, name: 'step', dir: join(dir, 'step') },
    { ...start, name: 'before', dir: join(dir, 'before') },
  ]
}

const brokenOf = (results: readonly { what: string; broken?: string }[]) =>
  results.filter(({ broken }) => broken).map(({ what, broken }) => `${what}: ${broken}`)

test('a lesson that makes its step keeps all its promises', async () => {
  const [step, from] = await written()
  const results = buildsItsStep(step, from)
  expect(results.length).toBeGreaterThan(4)
  expect(brokenOf(results)).toEqual([])
})

const many = Array.from({ length: 61 }, (_, at) => `export const a${at} = ${at}`).join('\n')

test.each([
  [
    'the context of a block',
    'step/README.md',
    ' const app = express()',
    ' const app = expres()',
    'step/README.md line 11: the old text of the diff does not stand in server.ts.\nit says:            const app = expres()\nthe nearest line is: const app = express()  (server.ts line 6, as it is at this point)',
  ],
  ['a given file', 'step/README.md', '`words.ts`', '`word.ts`', '`word.ts` is not in step'],
  ['a file that is gone', 'step/README.md', 'Given:', 'Gone: `a.ts`\n\nGiven:', '`a.ts` is not in before'],
  [
    'a given file that a block changes',
    'step/README.md',
    'Given: `words.ts`',
    'Given: `words.ts`, `server.ts`',
    'line 29: the old text of the diff does not stand',
  ],
  [
    'a given file that a block makes',
    'step/README.md',
    'Given: `words.ts`',
    'Given: `words.ts`, `bye.ts`',
    'bye.ts is no new file',
  ],
  [
    'a checkpoint that leaves out a task',
    'step/README.md',
    'all tasks pass',
    'task 1 passes',
    'no checkpoint says that task 2 passes: “it says bye”',
  ],
  [
    'a checkpoint of a task that the check does not get to',
    'step/README.md',
    'task 1 passes',
    'task 2 passes',
    'checkpoint 1 names task 2, and the check stops at task 1 before',
  ],
  [
    'a checkpoint of a task that is not there',
    'step/README.md',
    'task 1 passes',
    'task 3 passes',
    'there is no task 3: the check has 2',
  ],
  [
    'a byte of the step',
    'step/server.ts',
    'send(bye)',
    'send(bye )',
    "server.ts line 10\nthe lesson makes:      app.get('/bye', (_request, response) => response.send(bye))\nthe finished step has: app.get('/bye', (_request, response) => response.send(bye ))",
  ],
  ['its last byte', 'step/bye.ts', "'bye'\n", "'bye'", 'bye.ts line 3'],
  ['a byte of the step before', 'before/server.ts', '\n\nawait', '\nawait', 'line 29: the old text'],
  [
    'the last checkpoint, in an earlier place',
    'step/README.md',
    '> **Checkpoint 2** · all tasks pass.',
    '',
    'the last checkpoint is the finished step: server.ts line 4',
  ],
  [
    'a quote',
    'step/README.md',
    "```ts quote bye.ts\nexport const bye = 'bye'",
    "```ts quote bye.ts\nexport const bye = 'by'",
    'the quote',
  ],
  [
    'the number of typed lines',
    'step/README.md',
    "export const bye = 'bye'\n```\n\n```diff",
    `export const bye = 'bye'\n${many}\n\`\`\`\n\n\`\`\`diff`,
    'a reader types 60 lines at most: 66 of the server and 0 of the page',
  ],
  [
    'the length of the text',
    'step/README.md',
    'Given:',
    `${'word '.repeat(3_000)}\n\nGiven:`,
    'minutes are enough',
  ],
] as const)('the gate finds %s, changed in one place alone', async (_what, file, from, to, says) => {
  expect(files[file]).toContain(from)
  const [step, before] = await written({ [file]: files[file].replace(from, () => to) })
  expect(brokenOf(buildsItsStep(step, before)).join('\n')).toContain(says)
})

test('a given file that is as in the step before is not needed', async () => {
  const [step, from] = await written({ 'before/words.ts': files['step/words.ts'] })
  expect(brokenOf(buildsItsStep(step, from))).toEqual([
    'each given file is needed, and no block changes it: words.ts is as it was in the step before',
  ])
})

test('a lesson that is text alone has no checkpoint to look at', async () => {
  const [step, from] = await written({ 'step/README.md': '# 01' })
  expect(buildsItsStep(step, from)).toEqual([])
  expect(await checkpointsHold([step], () => from)).toEqual([])
})

test('at each checkpoint the named tasks pass, and the next is a wrong answer', async () => {
  const [step, from] = await written()
  const results = await checkpointsHold([step], () => from)
  expect(results.map(({ what, broken }) => [what, broken])).toEqual([
    ['checkpoint 1: “it says bye” is a wrong answer still', undefined],
    ['checkpoint 1: the tasks pass', undefined],
  ])
})

test.each([
  [
    'a task too early',
    'task 1 passes',
    'tasks 1 and 2 pass',
    'checkpoint 1: the tasks pass: “it says bye” failed',
  ],
  [
    'a task too late',
    'task 1 passes',
    'no task passes yet',
    '“it says hello” is a wrong answer still: it passes already',
  ],
])('a checkpoint that names %s is found', async (_what, from, to, says) => {
  const [step, before] = await written({ 'step/README.md': lesson.replace(from, to) })
  expect(brokenOf(await checkpointsHold([step], () => before)).join('\n')).toContain(says)
})

test('a program that does not start at a checkpoint is an error, and no wrong answer', async () => {
  const lost = "const app = express()\n+app.get('/hello', (_request, response) => response.send(hello))"
  const early = lesson.replace(
    lost,
    `const app = express()\n+app.get('/hello', (_request, response) => response.send(hello))\n+bye()`,
  )
  const mended = early.replace(" \n+app.get('/bye'", "-bye()\n \n+app.get('/bye'")
  const [step, from] = await written({ 'step/README.md': mended })
  expect(brokenOf(buildsItsStep(step, from))).toEqual([])
  expect(brokenOf(await checkpointsHold([step], () => from)).join('\n')).toContain('bye is not defined')
})
