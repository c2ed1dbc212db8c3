import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findStep, steps } from '#shared/course/course'
import { mutantsOf } from './mutations.ts'

const four = findStep('4')
const nameOf = (file: string, line: string, change: string) => `${file} · ${line} · ${change}`

test('each line that a learner types is left out, and its audience, comparison and chain changed', () => {
  const names = mutantsOf(four).map(({ name }) => name)
  const toAll = "if (line) test.emit('display_message', line)"
  const early = 'if (!data || !socket.connected) return // without a connection it stays in the box'
  expect(names).toEqual(
    expect.arrayContaining([
      nameOf('server.ts', toAll, 'left out'),
      nameOf('server.ts', toAll, 'test.emit is io.emit'),
      nameOf('page/client.ts', early, '|| is && before !socket.connected'),
      nameOf('page/client.ts', early, 'without !data'),
      nameOf('page/client.ts', 'const data = view.input.value.trim()', 'without .trim()'),
    ]),
  )
  expect(new Set(names).size).toBe(names.length)
  // Given by the step, or there before it.
  expect(names.filter((name) => /view\.ts|maxHttpBufferSize/.test(name))).toEqual([])
})

test('a limit is off by one, and twice or half as large', () => {
  const names = mutantsOf(findStep('5')).map(({ name }) => name)
  const limit = 'const longestName = 14 // characters'
  const changes = [15, 13, 28, 7].map((other) => nameOf('server.ts', limit, `14 is ${other}`))
  expect(names.filter((name) => name.includes(limit))).toEqual(changes)
})

test('a mutant is its file with one change', () => {
  for (const { file, text } of mutantsOf(four)) {
    const finished = readFileSync(join(four.dir, file), 'utf8')
    expect(text).not.toBe(finished)
  }
})

test.each(steps.filter(({ dir }) => existsSync(join(dir, 'survivors.json'))))(
  'what step $number lists as survivors are mutants of it',
  (step) => {
    const listed = Object.keys(JSON.parse(readFileSync(join(step.dir, 'survivors.json'), 'utf8')))
    const names = mutantsOf(step).map(({ name }) => name)
    expect(listed.filter((name) => !names.includes(name))).toEqual([])
  },
)
