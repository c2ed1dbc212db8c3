import { expect, test } from 'vitest'
import { steps } from './course.ts'
import { taskNames, tasksByNeed, tasksUsing } from './tasks.ts'

test.for(steps)('step $number: each task is in one of the two parts of its check', (step) => {
  const { node, more } = tasksByNeed(step)
  expect([...node, ...more].toSorted()).toEqual(taskNames(step).toSorted())
  // What a task asks for is found in each head, however it is wrapped.
  const any = 'guests guestsWith people knock visitor windows output kept locked restart servers'.split(' ')
  expect(tasksUsing(step, any)).toEqual(taskNames(step))
})

test('a window needs more than Node, as several servers do', () => {
  const whole = steps.flatMap((step) => tasksUsing(step, ['windows', 'servers']))
  expect(whole).toContain('a page shows it, once, also after the server was gone')
  expect(whole).toContain('what is said at one server is heard at the others, by those who may hear it')
  expect(whole).not.toContain('the home page says Hello World!')
})
