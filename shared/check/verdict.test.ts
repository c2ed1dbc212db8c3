import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../tests/support/folders.ts'
import { findStep } from '../course/course.ts'
import type { TaskResult } from './job.ts'
import { verdict } from './verdict.ts'

const { dir } = findStep('5')
const finding = { expected: 'ben hears "hello"', saw: 'nobody did', look: 'server.ts — whom?' }

test.each([
  ['nobody did', 'nobody did.'],
  ['', 'nothing.'],
  ['500 Something broke here.', '500 Something broke here.'],
  ['“Log in first.”', '“Log in first.”'],
])('what was seen, %j, ends in one full stop', (saw, sentence) => {
  expect(read({ finding: { ...finding, saw } })).toContain(`Expected: ben hears "hello".  Saw: ${sentence}`)
})

test('an error that the server printed is told, and its place when the hint is about another file', () => {
  const stack = [
    'Error: an earlier one',
    'POST /register 500',
    'ReferenceError: roomOf is not defined',
    `    at file://${dir}/server.ts:49:36`,
  ]
  const transcript = stack.map((line) => `[your server] ${line}`)
  const told =
    'Your server said: ReferenceError: roomOf is not defined (steps/05-nicknames/server.ts line 49)'
  const lines = read({ finding, transcript })
  expect(lines).toContain(told)
  expect(lines.filter((line) => line.includes('ReferenceError'))).toEqual([told])
  expect(lines).toContain('Look at: steps/05-nicknames/server.ts — whom?')
  const elsewhere = { ...finding, look: 'accounts.ts — the form' }
  expect(read({ finding: elsewhere, transcript })).toContain('Look at: steps/05-nicknames/server.ts line 49')
})

test('a server that stopped is told, even when the task itself broke off', () => {
  const crash = 'TypeError: no (steps/05-nicknames/server.ts line 7)'
  const lines = read({ crash, error: { name: 'Error', message: 'Test timed out in 60000ms.' } })
  expect(lines.slice(1)).toEqual([
    `Your server stopped: ${crash}`,
    'Look at: steps/05-nicknames/server.ts line 7',
    'Next: npm run hint',
  ])
})

test('a check that went wrong by itself says so', () => {
  const lines = read({ error: { name: 'Error', message: 'Test timed out in 60000ms.\nmore' } })
  expect(lines.slice(1)).toEqual(['The check itself went wrong: Test timed out in 60000ms.'])
})

test('a page without its script says which file to mend', () => {
  const words = 'client.ts does not compile: Expected "{" but found "x" (events.ts line 7: x)'
  expect(read({ finding, transcript: [`[your server] ${words}`] })).toEqual(
    expect.arrayContaining([
      'steps/05-nicknames/page/client.ts does not compile: Expected "{" but found "x" (steps/05-nicknames/events.ts line 7: x)',
      'Look at: steps/05-nicknames/events.ts line 7',
    ]),
  )
  const transcript = ["ann's page ! GET /client.js 404"]
  const without = findStep('1').dir // Step 1 has no page yet.
  expect(read({ finding, transcript }, without)).toEqual(
    expect.arrayContaining([
      'steps/01-hello-http/client.ts is missing',
      'Look at: steps/01-hello-http/client.ts',
    ]),
  )
  expect(read({ finding, transcript }).join()).not.toContain('missing')
})

test('a page that lies in page/ is named there', async () => {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'page'))
  await writeFile(join(folder, 'page', 'index.html'), '')
  const named = (task: Partial<TaskResult>) => read(task, folder).join('\n')
  expect(named({ finding: { ...finding, look: 'client.ts — who is it?' } })).toMatch(
    /Look at: .*\/page\/client\.ts — who is it\?/,
  )
  expect(named({ finding, transcript: ["ann's page ! GET /client.js 404"] })).toMatch(
    /\/page\/client\.ts is missing/,
  )
  const words = 'page/client.ts does not compile: Expected "{" (page/view.ts line 7: x)'
  expect(named({ finding, transcript: [`[your server] ${words}`] })).toMatch(
    /Look at: .*\/page\/view\.ts line 7/,
  )
})

test('a server that does not start points at the file that its error names', () => {
  const message = 'SyntaxError: no (steps/05-nicknames/accounts.ts line 3)'
  expect(read({ error: { name: 'DidNotStart', message } })).toContain(
    'Look at: steps/05-nicknames/accounts.ts line 3',
  )
})

test('there are at most 12 lines, whatever was printed', () => {
  const transcript = [
    ...Array.from({ length: 50 }, (_, index) => `ann → "echo" ${index}`),
    ...Array.from({ length: 50 }, (_, index) => `[your server] Error: number ${index}`),
  ]
  expect(read({ finding, transcript })).toHaveLength(11)
  expect(read({ finding, transcript }, dir, 1)).toHaveLength(12)
})

test.each([
  [0, 'Step 5'],
  [1, 'Task 1 passes.'],
  [2, 'Tasks 1 and 2 pass.'],
  [3, 'Tasks 1 to 3 pass.'],
])('where %i tasks pass before the one that fails, it begins with “%s”', (count, words) => {
  expect(read({ finding }, dir, count)[0]).toMatch(words)
})

/** @param passed how many tasks pass before it */
function read(task: Partial<TaskResult>, folder = dir, passed = 0): string[] {
  const before = Array.from({ length: passed }, (_, index): TaskResult => {
    return { name: `task ${index + 1}`, state: 'passed', transcript: [] }
  })
  return verdict({
    step: findStep('5'),
    target: { dir: folder },
    tasks: [...before, { name: 'a task', state: 'failed', transcript: [], ...task }],
  })
}
