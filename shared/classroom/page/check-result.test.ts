import { expect, test } from 'vitest'
import { readCheck } from './check-result.ts'

const names = ['Ann hears Ben', 'Ben does not hear himself', 'nobody is lost (not even Cleo)']

test('tasks tick off in their order while the check runs', () => {
  const { tasks, verdict } = readCheck(['✓ Ann hears Ben'], names)
  expect(tasks.map(({ state }) => state)).toEqual(['passed', 'waiting', 'waiting'])
  expect(verdict).toBeUndefined()
})

test('the verdict names the task that failed, and the lines of the tasks are no output', () => {
  const said = ['  ann → server  "hi"', 'Look at: work/server.ts', 'Next: npm run hint']
  const headline = 'Step 4 · Broadcast · task 2 of 3: Ben does not hear himself                     NOT YET'
  const printed = [
    '✓ Ann hears Ben',
    '✗ Ben does not hear himself',
    '· nobody is lost (not even Cleo) (not run)',
  ]
  expect(readCheck([...printed, headline, ...said], names)).toEqual({
    tasks: names.map((name, index) => ({ name, state: ['passed', 'failed', 'skipped'][index] })),
    verdict: {
      step: 4,
      word: 'NOT YET',
      what: 'Task 2 of 3',
      task: 'Ben does not hear himself',
      isGood: false,
    },
    lines: said,
  })
})

test.each([
  ['Step 4 · Broadcast or self · 3 of 3 tasks in work   DONE', '3 of 3 tasks', 'DONE', true],
  ['Step 4 · Broadcast or self   YOUR SERVER DID NOT START', '', 'YOUR SERVER DID NOT START', false],
])('%s', (line, what, word, isGood) => {
  expect(readCheck([line], names).verdict).toEqual({ step: 4, what, word, isGood, task: undefined })
})

test('a step that is there and has broken an earlier one is not done', () => {
  const { verdict } = readCheck(
    [
      'Step 5 · Nicknames · 8 of 8 tasks in work   DONE',
      'Step 5 is done, but something from step 4 · Broadcast or self no longer works:',
      'Step 4 · Broadcast or self · task 1 of 3: Ann hears Ben   NOT YET',
    ],
    names,
  )
  expect(verdict).toMatchObject({ step: 4, what: 'Task 1 of 3', isGood: false })
})
