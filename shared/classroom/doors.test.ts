import { expect, test } from 'vitest'
import { doorOf, guestBehind } from './doors.ts'

test('each window has a name of its own, and is known by it', () => {
  expect(doorOf('http://localhost:3000', 'Ann')).toBe('http://ann.wire.localhost:3000')
  expect(guestBehind('ann.wire.localhost:3000')).toBe('Ann')
})

test.each([
  'localhost:3000',
  'wire.localhost:3000',
  'ann.wire.localhost.example.org',
  'ann.localhost:3000',
  '',
])('%j is nobody’s window', (host) => expect(guestBehind(host)).toBeUndefined())
