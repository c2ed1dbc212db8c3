import { expect, test } from 'vitest'
import { applyUpTo, writersIn } from './lesson-program.ts'
import { parseLesson } from './lesson.ts'

const fence = (info: string, ...lines: string[]) => ['```' + info, ...lines, '```', ''].join('\n')
const parse = (...text: string[]) => parseLesson(text.join('\n'), 'steps/06-typing/README.md')
const program = new Map([['server.ts', 'one\n\n  two\none\nthree\n']])

/** The program behind the only block of a lesson. */
const after = (block: string) => applyUpTo(parse(block), program)

test('a lesson has given files, blocks and checkpoints, each with its line', () => {
  const lesson = parse(
    '# 06 · Who is typing',
    '',
    'Given: `page/view.ts` draws a row (`addTypist`).',
    '',
    'Gone: `client.ts`, which is in `page/` now.',
    '',
    fence('diff server.ts', ' one', '+two'),
    '> **Checkpoint 1** · save: tasks 1',
    '> and 3 to 4 pass.',
    '',
    fence('sh', 'npm run check'),
    fence('ts example', 'no()'),
    '> **Checkpoint 2** · all tasks pass.',
    '',
    'Read later: some more words.',
  )
  expect(lesson.given).toEqual([{ file: 'page/view.ts', line: 3 }])
  expect(lesson.gone).toEqual([{ file: 'client.ts', line: 5 }])
  expect(lesson.parts).toEqual([
    { is: 'hunk', file: 'server.ts', line: 7, section: '06 · Who is typing', lines: [' one', '+two'] },
    { is: 'checkpoint', number: 1, line: 12, tasks: [1, 3, 4] },
    { is: 'checkpoint', number: 2, line: 23, tasks: 'all' },
  ])
  expect(lesson.words).toBe(32)
})

test('of each line of the program one can tell which block wrote it', () => {
  const lesson = parse(
    '## The second',
    fence('diff server.ts', ' ', '-  two', '+  second', '+  more', ' one'),
    '## A new file',
    fence('ts new rooms.ts', 'a', 'b'),
    fence('ts quote rooms.ts', 'a'),
    '## Again',
    fence('diff server.ts', '   second', '-  more', '+  most', ' one'),
  )
  const sections = [...writersIn(lesson, program)].map(([file, writers]) => [
    file,
    writers.map((block) => block?.section),
  ])
  expect(applyUpTo(lesson, program).get('server.ts')).toBe('one\n\n  second\n  most\none\nthree\n')
  expect(Object.fromEntries(sections)).toEqual({
    'server.ts': [undefined, undefined, 'The second', 'Again', undefined, undefined],
    'rooms.ts': ['A new file', 'A new file'],
  })
})

test('given files may be a list: of each item those with which it begins', () => {
  const { given } = parse(
    'Given:',
    '',
    '- `page/view.ts` draws, for `client.ts`.',
    '- `a.ts`, `b.ts` and',
    '  `page/index.html`.',
  )
  expect(given).toEqual([
    { file: 'page/view.ts', line: 3 },
    { file: 'a.ts', line: 4 },
    { file: 'b.ts', line: 4 },
    { file: 'page/index.html', line: 4 },
  ])
})

test.each([
  ['Given: nothing.', 'behind “Given:” there is no file in backticks'],
  ['> **Checkpoint 2** · all tasks pass.', 'this is checkpoint 1, and it says 2'],
  ['> **Checkpoint 1** · well done.', 'the checkpoint does not say which tasks pass'],
  [fence('ts server.ts', 'a'), 'the block `ts server.ts` does not say what it is'],
  [fence('diff', '+a'), 'the block `diff` does not say what it is'],
  [fence('css', 'a {}'), 'or `css example` for one that is no part of the program'],
])('%j is not of the form', (text, says) => {
  expect(() => parse('# 06', '', text)).toThrow(`steps/06-typing/README.md line 3: `)
  expect(() => parse('# 06', '', text)).toThrow(says)
})

test.each([
  ['task 3 passes', [3]],
  ['tasks 1, 2 and 5 pass', [1, 2, 5]],
  ['all five tasks pass', 'all'],
  ['no task passes yet', []],
])('a checkpoint where %s', (words, tasks) => {
  expect(parse(`> **Checkpoint 1** · ${words}.`).parts).toMatchObject([{ tasks }])
})

test('a diff replaces its old text; an empty line of it is an empty line of the file', () => {
  const diff = fence('diff server.ts', ' one', '', '-  two', '+  2', ' one', '+end')
  expect(after(diff).get('server.ts')).toBe('one\n\n  2\none\nend\nthree\n')
  expect(after(fence('diff server.ts', ' three', '+', '+four')).get('server.ts')).toMatch(/three\n\nfour\n$/)
  expect(program.get('server.ts')).toBe('one\n\n  two\none\nthree\n')
})

test('a new file is what stands in its block, and quotes change nothing', () => {
  expect(after(fence('ts new page/view.ts', 'a', '', 'b')).get('page/view.ts')).toBe('a\n\nb\n')
  expect(after(fence('ts quote server.ts', 'two'))).toEqual(program)
  expect(after(fence('ts quote server.ts', '  two', 'one', 'three'))).toEqual(program)
})

test.each([
  [fence('diff server.ts', ' two', '+x'), 'nearest line is:'],
  [
    fence('diff server.ts', ' one', ' ', ' two', '+x'),
    'it says:            two\nthe nearest line is:   two  (server.ts line 3, as it is at this point)',
  ],
  [
    fence('diff server.ts', ' one', '+x'),
    'the old text of the diff of server.ts stands 2 times in it, not once: at lines 1, 4',
  ],
  [fence('diff server.ts', '+x'), 'does not say where its lines go'],
  [fence('diff server.ts', ' three'), 'the diff of server.ts changes nothing'],
  [fence('diff server.ts', ' three', 'x'), 'begins with neither a space nor + nor -: x'],
  [fence('diff rooms.ts', ' three', '+x'), 'there is no rooms.ts yet; the program has server.ts'],
  [fence('ts new server.ts', 'x'), 'server.ts is no new file: it is there already'],
  [fence('ts quote server.ts', '  one', 'three'), 'the quote does not stand in server.ts'],
])('%j does not fit', (block, says) => {
  expect(() => after(`# 06\n\n${block}`)).toThrow('steps/06-typing/README.md line 3: ')
  expect(() => after(`# 06\n\n${block}`)).toThrow(says)
})

test('a checkpoint is as far as it goes', () => {
  const lesson = parse(
    fence('ts new a.ts', 'a'),
    '> **Checkpoint 1** · task 1 passes.',
    '',
    fence('ts new b.ts', 'b'),
    '> **Checkpoint 2** · all tasks pass.',
  )
  const files = (checkpoint: number) => [...applyUpTo(lesson, new Map(), checkpoint).keys()]
  expect([0, 1, 2].map(files)).toEqual([[], ['a.ts'], ['a.ts', 'b.ts']])
  expect(() => files(3)).toThrow('it has no checkpoint 3')
})
