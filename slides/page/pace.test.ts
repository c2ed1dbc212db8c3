import { expect, test } from 'vitest'
import { clockOf, dueMs, offMs, paceInWords } from './pace.ts'

const minute = 60_000
const minutes = [0, 2, 5, 1]

test('a slide is due when all before it are over', () => {
  expect(minutes.map((_, at) => dueMs(minutes, at) / minute)).toEqual([0, 0, 2, 7])
})

test.each([
  [2, 1.1, 'on time'], // less than a minute is nothing
  [2, 1, '1 minute ahead'],
  [2, 4, 'on time'],
  [2, 7, 'on time'],
  [2, 7.9, 'on time'],
  [2, 8, '1 minute behind'],
  [2, 10, '3 minutes behind'],
  [3, 4, '3 minutes ahead'],
])('slide %d after %d minutes: %s', (at, elapsed, words) => {
  expect(paceInWords(offMs(minutes, at, elapsed * minute))).toBe(words)
})

test('a clock shows hours when there are any', () => {
  expect([0, 65_000, 3_723_000, -5].map(clockOf)).toEqual(['0:00', '1:05', '1:02:03', '0:00'])
})
