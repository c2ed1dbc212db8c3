import { expect, test } from 'vitest'
import { checkEarlier, describeEarlier } from '#shared/check/earlier'
import { findStep } from '#shared/course/course'
import { programIn, writeProgram } from '#shared/course/lesson-program'
import { programFolder } from './support/folders.ts'

const [one, two] = [findStep('1'), findStep('2')]

test('a step that has broken nothing of the ones before says how much it was asked', async () => {
  const result = await checkEarlier(two, two.dir)
  expect(result).toEqual({ tasks: 2 })
  expect(describeEarlier(two, result)).toEqual(['The tasks of earlier steps still pass: 2 of 2.'])
})

test('what it has broken is named with its task and its lesson, and no hint of another step', async () => {
  const dir = await programFolder()
  const program = programIn(two.dir)
  const server = program.get('server.ts')!
  program.set('server.ts', server.replace('.status(404)', '.status(200)'))
  await writeProgram(program, dir)
  const { broken, tasks } = await checkEarlier(two, dir)
  expect(broken?.step).toEqual(one)
  const lines = describeEarlier(two, { broken, tasks })
  expect(lines[0]).toContain('something from step 1 · Hello, HTTP no longer works')
  expect(lines[1]).toMatch(/task 2 of 3: .* NOT YET$/)
  expect(lines.at(-1)).toBe(`Next: look at steps/${one.name}/README.md, fix it, and then:  npm run check`)
})

test('the first step has nothing before it', async () => {
  expect(describeEarlier(one, await checkEarlier(one, one.dir))).toEqual([])
})
