import { expect, test } from 'vitest'
import { describeSilence, firstError } from './run.ts'

test('an error without a place is its line alone, and no error is none', () => {
  expect(firstError(['http://localhost:1', 'Error: boom'])).toBe('Error: boom')
  expect(firstError(['http://localhost:1'])).toBeUndefined()
})

test('a program whose address is not known is told what it printed, and where it listens', () => {
  expect(describeSilence(new Set(), new Set())).toBe('it printed no address http://localhost:<port>')
  expect(describeSilence(new Set([3000]), new Set())).toBe(
    'it printed http://localhost:3000, and listened on no port',
  )
  expect(describeSilence(new Set(), new Set([4000]))).toBe(
    'it listens on port 4000, and printed no address in place of http://localhost:4000',
  )
  expect(describeSilence(new Set([3000]), new Set([4000]))).toBe(
    'it listens on port 4000, and printed http://localhost:3000 in place of http://localhost:4000',
  )
})
