import { expect, test } from 'vitest'
import { roomFor } from './code-size.ts'

/** The size in px that code gets in a container so high. */
function sizeAt(height: number, texts: readonly (string | undefined)[]): number {
  const { size } = roomFor(texts, true)
  const [, least] = /^max\((\d+)px, /.exec(size) ?? []
  const sizes = [...size.matchAll(/min\(([\d.]+)px, \(100cqb - (\d+)px\) \/ ([\d.]+)\)/g)].map(
    ([, most, around, rows]) => Math.min(Number(most), (height - Number(around)) / Number(rows)),
  )
  expect(sizes).not.toEqual([])
  return Math.max(Number(least), ...sizes)
}

const short = ["io.on('connection', (socket) => {", '  greet(socket)', '})']
const long = `refuse(${'a word, '.repeat(10)}b)` // 89 characters

test('short lines are as large as code gets, and need no more room than that', () => {
  const { most } = roomFor(short, true)
  expect(sizeAt(most, short)).toBe(36)
  expect(sizeAt(most + 200, short)).toBe(36)
})

test('more lines in the same room are smaller', () => {
  const many = Array.from({ length: 10 }, () => 'tell(socket)')
  expect(sizeAt(430, many)).toBeGreaterThan(27)
  expect(sizeAt(430, [...many, ...short])).toBeLessThan(sizeAt(430, many))
})

test('a long line goes on in the next row before all get small, and not where that needs more room than there is', () => {
  const oneRow = roomFor([long], true)
  expect(sizeAt(oneRow.most, [long])).toBe(31)
  expect(
    sizeAt(
      430,
      Array.from({ length: 5 }, () => long),
    ),
  ).toBeGreaterThan(22)
})

test('it never gets smaller than can be read: then it does not fit, and says how much room it needs', () => {
  const many = Array.from({ length: 12 }, () => long)
  expect(sizeAt(100, many)).toBe(22)
  expect(roomFor(many, true).least).toBeGreaterThan(500)
})
