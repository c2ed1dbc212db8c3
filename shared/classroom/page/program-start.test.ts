import { expect, test } from 'vitest'
import { isToBeLoaded } from './chat-windows.tsx'

const first = { born: 1, runs: 1, starts: 1 }
const edited = { ...first, starts: 2 }

test('after an edit, a page that reloads itself is not loaded once more', () => {
  expect(isToBeLoaded(first, edited, true)).toBe(false)
})

test('after an edit, a page without our script is loaded by the classroom: steps 0 and 1 send none', () => {
  expect(isToBeLoaded(first, edited, false)).toBe(true)
})

test('a window that was opened before the program ran is loaded once it does', () => {
  const before = { ...first, starts: 0 }
  expect(isToBeLoaded(before, before, false)).toBe(false)
  expect(isToBeLoaded(before, first, false)).toBe(true)
})

test('another program is loaded when it has started, and not sooner', () => {
  const other = { ...first, runs: 2 }
  expect(isToBeLoaded(first, other, true)).toBe(false)
  expect(isToBeLoaded(first, { ...other, starts: 2 }, true)).toBe(true)
})

test('so is the first program of a workshop that was stopped and started again', () => {
  expect(isToBeLoaded(edited, { ...first, born: 2 }, true)).toBe(true)
})
