import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from '../course/course.ts'
import { crashPlace } from './crash-place.ts'

const outside = mkdtempSync(join(tmpdir(), 'on-the-wire-'))
const dir = join(outside, 'my work')
mkdirSync(join(dir, 'page'), { recursive: true })
mkdirSync(join(dir, 'node_modules'))
const lines = ['one', 'two', 'three', 'throw new Error("<b>")', 'five', 'six', 'seven']
writeFileSync(join(dir, 'server.ts'), lines.join('\n'))
writeFileSync(join(dir, 'rooms.ts'), lines.join('\r\n'))
writeFileSync(join(dir, 'node_modules', 'theirs.ts'), lines.join('\n'))
writeFileSync(join(outside, 'secret.ts'), lines.join('\n'))
symlinkSync(join(outside, 'secret.ts'), join(dir, 'linked.ts'))
afterAll(() => rmSync(outside, { recursive: true }))

const server = join(dir, 'server.ts')
const file = relative(root, server).replaceAll('\\', '/')

test('the first line of the stack that is in the folder counts, and comes with its neighbours', () => {
  const stack = [
    'Error: <b>',
    '    at listen (node:net:12:3)',
    `    at ${join(root, 'node_modules', 'express', 'index.ts')}:3:1`,
    `    at ${join(outside, 'secret.ts')}:1:1`,
    `    at begin (${server}:4:7)`,
    `    at ${server}:1:1`,
  ]
  expect(crashPlace(stack, dir)).toEqual({
    file,
    line: 4,
    source: [2, 3, 4, 5, 6].map((number) => ({ number, text: lines[number - 1] })),
  })
})

test.each([
  ['a module by its URL', [`Error: no`, `    at ${new URL(`file://${server}`).href}:1:1`], 1],
  ['Node above a syntax error', [`${server}:7`, 'const const = 1', 'SyntaxError: Unexpected token'], 7],
  ['the compiler', [`${relative(root, server)}:2:6: ERROR: Expected ";" but found "x"`], 2],
  ['a line end of Windows', ['Error: no', `    at ${join(dir, 'rooms.ts')}:3:1`], 3],
])('it is found as %s names it', (_who, output, line) => {
  const place = crashPlace(output, dir)
  expect(place?.line).toBe(line)
  expect(place?.source.find(({ number }) => number === line)?.text).toBe(lines[line - 1])
})

test('no file outside of the folder is read, nor a package, nor a line that is not there', () => {
  for (const path of [
    join(outside, 'secret.ts'),
    join(dir, '..', 'secret.ts'),
    join(dir, 'linked.ts'),
    join(dir, 'node_modules', 'theirs.ts'),
    join(dir, 'gone.ts'),
  ]) {
    expect(crashPlace(['Error: no', `    at ${path}:1:1`], dir)).toBeUndefined()
  }
  expect(crashPlace(['Error: no', `    at ${server}:99:1`], dir)).toBeUndefined()
  expect(crashPlace(['it ended'], dir)).toBeUndefined()
})
