import { expect, test } from 'vitest'
import { firstError } from './run.ts'

test('an error without a place is its line alone, and no error is none', () => {
  expect(firstError(['http://localhost:1', 'Error: boom'])).toBe('Error: boom')
  expect(firstError(['http://localhost:1'])).toBeUndefined()
})
