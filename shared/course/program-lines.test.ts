import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { programFilesIn, steps } from './course.ts'
import { isSameProgram, programLines } from './program-lines.ts'

test.each([
  ['a comment', "say('a')", "// why\nsay('a') // it says\n\n/* and\n   more */"],
  ['white space', 'const a = [1, 2]', '  const  a=[ 1,2 ]'],
  ['line breaks', 'say(a, b)', 'say(\n  a,\n  b,\n)'],
])('%s is no difference', (_what, some, other) => {
  expect(isSameProgram('server.ts', some, other)).toBe(true)
})

test.each([
  ['a string', "say('a b')", "say('ab')"],
  ['a space in a string', "say('a, b')", "say('a,b')"],
  ['what looks like a comment', "say('http://a')", "say('http://b')"],
  ['a template', 'say(`${a} b`)', 'say(`${a}  b`)'],
  ['a type', 'type A = string', 'type A = number'],
  ['a word', 'return x', 'returnx'],
])('%s is one', (_what, some, other) => {
  expect(isSameProgram('server.ts', some, other)).toBe(false)
})

test('comments of HTML do not count, and what a page says does', () => {
  expect(isSameProgram('index.html', '<p>a</p>', '<!-- the\n log --><p>a</p>')).toBe(true)
  expect(isSameProgram('index.html', '<p>a</p>', '<p>b</p>')).toBe(false)
})

test('a line keeps what stands above it', () => {
  expect(programLines('server.ts', 'a()\n\n// why\nb() // how')).toEqual([
    { text: 'a()', code: 'a()', above: [] },
    { text: 'b() // how', code: 'b()', above: ['', '// why'] },
  ])
})

test('in the programs of the course, each comment is known as one', () => {
  for (const { dir } of steps) {
    for (const file of programFilesIn(dir)) {
      const lines = programLines(file, readFileSync(join(dir, file), 'utf8'))
      const left = lines.filter(({ code }) => /^(\/\/|\/\*|<!--)|(?<!:)\/\/(?![^'"`]*['"`])/.test(code))
      expect([file, left]).toEqual([file, []])
    }
  }
})
