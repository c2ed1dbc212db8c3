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

test.each([
  [
    [
      'Error: Could not locate the bindings file. Tried:',
      ' → /p/node_modules/better-sqlite3/build/better_sqlite3.node',
    ],
    /does not load on this machine: its binary is missing.*npm run doctor/,
  ],
  [
    [
      "Error: The module '/p/node_modules/better-sqlite3/build/Release/better_sqlite3.node'",
      'was compiled against a different Node.js version using',
      'NODE_MODULE_VERSION 115. This version of Node.js requires',
      '    at file:///p/work/server.ts:18:12',
    ],
    /installed for another release of Node.*npm run doctor/,
  ],
  [
    [
      'Error: listen EADDRINUSE: address already in use :::3000',
      '    at Server.setupListenHandle (node:net:1)',
    ],
    /port 3000 is taken.*await listen\(server\), or process\.env\.PORT/,
  ],
])('what is wrong with the machine is not the learner’s line: %j', (output, words) => {
  expect(firstError(output)).toMatch(words)
})

test('an error of a database that has loaded is told as it is', () => {
  const output = [
    'SqliteError: database is locked',
    '    at file:///p/node_modules/better-sqlite3/lib/x.js:1:1',
  ]
  expect(firstError(output)).toMatch(/^SqliteError: database is locked/)
})
