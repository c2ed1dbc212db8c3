import { expect, test } from 'vitest'
import { after, before, findStep, start, steps } from './course.ts'

test('a step is found by its number and by its folder', () => {
  expect(['6', '06', '06-typing'].map((text) => findStep(text).number)).toEqual([6, 6, 6])
})

test.each(['99', '0', 'four', '', '-1', '6.0'])('%j is no step', (text) => {
  expect(() => findStep(text)).toThrow(
    expect.objectContaining({
      message: `There is no step ${JSON.stringify(text)}: the steps are 1 to ${steps.length}.`,
      next: 'To see them all:  npm run step',
    }),
  )
})

test.each(['rooms', '14-room', 'Rooms'])('%j is no step, and most likely step 14', (text) => {
  expect(() => findStep(text)).toThrow(/1 to \d+\. Did you mean 14\?$/)
})

test('each step comes before the next, and the empty program before the first', () => {
  expect(steps.map(before)).toEqual([start, ...steps.slice(0, -1)])
  expect(steps.map(after)).toEqual([...steps.slice(1), undefined])
})
