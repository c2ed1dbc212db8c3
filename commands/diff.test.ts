import { expect, test } from 'vitest'
import { markWords, patch } from './diff.ts'

test('a unified diff has the names of both files, and four lines around what differs', () => {
  const from = 'a\nb\nc\nd\ne\nf\ng\n'
  expect(patch({ file: 'server.ts', from, to: from.replace('f', 'F') }, 'work', 'steps/06-typing')).toEqual([
    '--- work/server.ts',
    '+++ steps/06-typing/server.ts',
    '@@ -2,6 +2,6 @@',
    ' b',
    ' c',
    ' d',
    ' e',
    '-f',
    '+F',
    ' g',
  ])
})

test('a file that is only on one side is compared with /dev/null', () => {
  const client = { file: 'client.ts', from: undefined, to: 'one\n\n' }
  expect(patch(client, 'work', 'steps/02-polling')).toEqual([
    '--- /dev/null',
    '+++ steps/02-polling/client.ts',
    '@@ -0,0 +1,2 @@',
    '+one',
    '+',
  ])
  expect(patch({ file: 'mine.ts', from: 'one\n', to: undefined }, 'work', 'steps/02-polling')).toEqual([
    '--- work/mine.ts',
    '+++ /dev/null',
    '@@ -1,1 +0,0 @@',
    '-one',
  ])
})

test('comments and white space are those of the second file, and no difference', () => {
  const from = "// mine\nconst a=1\nsay('b')\nsay('c')\n"
  const to = "const a = 1\n\n// why\nsay('B')\nsay('c') // last\n"
  expect(patch({ file: 'server.ts', from, to }, 'work', 'steps/06-typing').slice(2)).toEqual([
    '@@ -1,5 +1,5 @@',
    ' const a = 1',
    ' ',
    ' // why',
    "-say('b')",
    "+say('B')",
    " say('c') // last",
  ])
})

test('of two lines, the words that differ are marked', () => {
  const mark = (text: string) => `[${text}]`
  expect(markWords("-  io.emit('a')", "+  socket.broadcast.emit('a')", mark)).toEqual([
    "-  [io].emit('a')",
    "+  [socket].[broadcast.]emit('a')",
  ])
})
