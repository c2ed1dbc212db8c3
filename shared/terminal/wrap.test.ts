import { expect, test } from 'vitest'
import { widthOf, wrap } from './wrap.ts'

test('what fits stays as it is, and what does not is cut at spaces, as far in as it began', () => {
  expect(wrap('  a  b', 6)).toBe('  a  b')
  expect(wrap('  ann is typing a word', 10)).toBe('  ann is\n  typing a\n  word')
  expect(wrap('✓ ok    Node 20 on linux', 14, 8)).toBe('✓ ok    Node\n        20 on\n        linux')
})

test('a command is never cut: it has a line of its own when it does not fit beside the rest', () => {
  const command = 'npm run step 6 -- --port 3001'
  expect(wrap(`Stop it, or type:  ${command}`, 30)).toBe(`Stop it, or type:\n  ${command}`)
  expect(wrap(`To begin:  npm run work 1      To go on:  ${command}`, 30)).toBe(
    `To begin:  npm run work 1\nTo go on:\n  ${command}`,
  )
  expect(wrap('It is what npm run step 6 prints.', 16)).toBe('It is what\nnpm run step 6\nprints.')
  expect(wrap(`  ${command}`, 10)).toBe(`  ${command}`)
})

test('a verdict is never cut', () => {
  expect(wrap('Step 5 · a name  NOT YET', 20)).toBe('Step 5 · a name\nNOT YET')
})

test('a terminal that does not say how wide it is, is as wide as need be', () => {
  expect([{ columns: 50 }, { columns: 0 }, {}].map(widthOf)).toEqual([50, Infinity, Infinity])
})

test('colours have no width', () => {
  expect(wrap('\x1b[31mred\x1b[39m and', 7)).toBe('\x1b[31mred\x1b[39m and')
})
