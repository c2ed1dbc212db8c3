import { expect, test } from 'vitest'
import { measurement, resultHead } from '../tests/support/measurement.ts'
import { formulaError, troubles } from './findings.ts'
import { collectRows } from './result-rows.ts'
import type { Row } from './result.ts'
import type { Measurement } from './trial.ts'

const condition = { guests: 2, roundTripMs: 0, messagesPerSecond: 0 }

/** The row of these rounds. */
function rowOf(doing: Row['doing'], ...rounds: Partial<Measurement>[]): Row {
  const rows = collectRows()
  for (const round of rounds) rows.add(doing, 'websocket', condition, { ...measurement, ...round })
  const [row, ...others] = rows.rows()
  if (!row || others.length > 0) throw new Error('one row was expected')
  return row
}

const troublesOf = (row: Row) => troubles({ ...resultHead, rows: [row] })

test('rounds of one thing are one row: messages are added up, figures are divided round by round', () => {
  const row = rowOf('lockstep', { bytesUp: 240, delivered: 24 }, { bytesUp: 480, delivered: 12, lost: 12 })
  expect(row).toMatchObject({ rounds: 2, per: 'delivery', said: 24, delivered: 36, lost: 12, textBytes: 40 })
  expect(row.figures.bytesUp).toEqual({ median: 25, min: 10, max: 40 })
})

test('who comes is divided by guests, silence by guests and minutes', () => {
  expect(rowOf('connect', { requests: 8 }).figures.requests.median).toBe(4)
  expect(rowOf('idle', { requests: 8, seconds: 30 }).figures.requests.median).toBe(8)
})

test('a processor is told in percent of the time; of a server that is not ours, nothing', () => {
  expect(rowOf('talk', {}).figures.serverCpuPercent?.median).toBeCloseTo(10)
  expect(rowOf('talk', { server: undefined }).figures).toMatchObject({
    serverCpuPercent: null,
    serverMemoryMB: null,
  })
})

test('nothing that nobody heard is divided by zero', () => {
  const row = rowOf('talk', { said: 0, textBytes: 0, delivered: 0, latenciesMs: [] })
  expect(row).toMatchObject({ textBytes: 0, latency: null })
  expect(row.figures.bytesUp.median).toBe(900)
})

test('a message that is lost, or comes twice, is trouble', () => {
  expect(troublesOf(rowOf('lockstep', {}))).toEqual([])
  expect(troublesOf(rowOf('lockstep', { delivered: 23, lost: 1 })).join()).toContain(
    '1 of 24 deliveries were lost',
  )
  expect(troublesOf(rowOf('lockstep', { doubled: 1 })).join()).toContain('1 messages came twice')
})

test.for([
  [1.01, 0],
  [1.03, 1],
] as const)('a count of %d times its formula is %d trouble', ([factor, count]) => {
  const predicted = { requests: 0, bytesUp: 900, bytesDown: 2_000 }
  const row = rowOf('lockstep', { predicted, bytesDown: 2_000 * factor })
  expect(row.formula && formulaError(row.formula)).toBeCloseTo(factor - 1)
  expect(troublesOf(row)).toHaveLength(count)
})
