import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '#shared/course/course'
import { escaped } from '#shared/serve/html'
import { temporaryFolder } from '../tests/support/folders.ts'
import { barChart, lineChart } from './charts.ts'
import { comparison, differences, isSteady } from './compare.ts'
import { formulaError, headline, rowOf, surprises, troubles } from './findings.ts'
import { readReference, readResult, resultsDir, textOf } from './newest.ts'
import { reportOf } from './report.ts'
import { checkResult, type Result } from './result.ts'
import { tablesOf } from './table.ts'
import { minutesOnTunnel } from './tunnel-line.ts'

const reference = await readReference()

/** The reference with a change, as it would come out of a file. */
async function changed(change: (result: Result) => void): Promise<Result> {
  const result: Result = JSON.parse(await readFile(join(resultsDir, 'reference.json'), 'utf8'))
  change(result)
  return result
}

describe('the reference run', () => {
  test('is complete, has three rounds and more, and lost nothing', () => {
    expect(reference.complete).toBe(true)
    expect(troubles(reference)).toEqual([])
    const talks = reference.rows.filter(({ doing }) => doing === 'talk')
    expect(Math.min(...talks.map(({ rounds }) => rounds))).toBeGreaterThanOrEqual(3)
  })

  test('keeps its formulas within 2 %, over WebSocket and over long-polling', () => {
    const off = reference.rows.flatMap(({ formula, transport }) =>
      formula ? [{ transport, off: formulaError(formula) }] : [],
    )
    expect(off.map(({ transport }) => transport)).toEqual(expect.arrayContaining(['websocket', 'polling']))
    expect(Math.max(...off.map((one) => one.off))).toBeLessThan(0.02)
  })

  test('says what every talk on the subject says, with figures', () => {
    expect(headline(reference).join(' ')).toMatch(/requests over long-polling, and none over WebSocket/)
    expect(surprises(reference).length).toBeGreaterThan(2)
    expect(tablesOf(reference).join('\n')).toContain('the floor')
  })

  test('is quoted by the README, word for word', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8')
    for (const line of headline(reference)) expect(readme).toContain(line)
    const [requests, bytes] = headline(reference)
    const opening = readme.replaceAll(/\s+/g, ' ')
    const times = /takes ([\d.]+ times the bytes)/.exec(bytes ?? '')?.[1]
    const each = /takes ([\d.]+ requests)/.exec(requests ?? '')?.[1]
    expect(opening).toContain(`takes **${times}** over long-polling, and ${each} where WebSocket takes none.`)
    const day = new Date(reference.at).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
    expect(opening).toContain(`(\`${reference.command}\`, ${day})`)
  })

  test('a class lasts longer on the tunnel over WebSocket than over anything that asks', () => {
    const webSocket = minutesOnTunnel(reference, 'websocket') ?? 0
    for (const other of ['polling', 'plain-500', 'plain-1000', 'server-sent-events'] as const) {
      expect(webSocket).toBeGreaterThan(minutesOnTunnel(reference, other) ?? Infinity)
    }
  })
})

test('what is written can be read again, six digits of it', async () => {
  const result = await changed(({ machine }) => Object.assign(machine, { memoryGB: 1.23456789 }))
  const again: unknown = JSON.parse(textOf(result))
  expect(again).toEqual({ ...reference, machine: { ...reference.machine, memoryGB: 1.23457 } })
  expect(JSON.parse(textOf({ ...result, rows: [] }))).toMatchObject({ rows: [] })
})

describe('a file that is no result is refused with what is wrong', () => {
  test('nor is what is no object at all', () => {
    expect(checkResult('a text')).toEqual({ problem: 'it is no object' })
  })

  const first = (result: Result) => {
    const [row] = result.rows
    if (!row) throw new Error('the reference has no rows')
    return row
  }
  test.for<[string, (result: Result) => void]>([
    ['format is 2', (result) => Object.assign(result, { format: 2 })],
    ['at is no text', (result) => Object.assign(result, { at: 5 })],
    ['complete is neither', (result) => Object.assign(result, { complete: 'yes' })],
    ['headers is neither', (result) => Object.assign(result, { headers: 'fancy' })],
    ['url is neither', (result) => Object.assign(result, { url: 5 })],
    ['machine is missing', (result) => Object.assign(result, { machine: [] })],
    ['machine.node is no text', (result) => Object.assign(result.machine, { node: 20 })],
    ['rows is no list', (result) => Object.assign(result, { rows: {} })],
    ['in row 0, doing is "sleep"', (result) => Object.assign(first(result), { doing: 'sleep' })],
    [
      'in row 0, transport is "pigeon", and not one of websocket, ',
      (result) => Object.assign(first(result), { transport: 'pigeon' }),
    ],
    ['in row 0, per is "year"', (result) => Object.assign(first(result), { per: 'year' })],
    ['in row 1, it is no object', (result) => Object.assign(result.rows, { 1: 'row' })],
    ['in row 0, lost is no number', (result) => Object.assign(first(result), { lost: -1 })],
    [
      'in row 0, figures.bytes.min is no number from 0 up',
      (result) => Object.assign(first(result).figures, { bytes: { median: 1 } }),
    ],
    [
      'in row 0, figures.serverCpuPercent is no spread',
      (result) => Object.assign(first(result).figures, { serverCpuPercent: 1 }),
    ],
    ['in row 0, latency.p50 is no spread', (result) => Object.assign(first(result), { latency: {} })],
    [
      'in row 0, formula.predicted.requests is no',
      (result) => Object.assign(first(result), { formula: { predicted: {} } }),
    ],
  ])('%s', async ([words, change]) => {
    expect(checkResult(await changed(change))).toEqual({ problem: expect.stringContaining(words) })
  })

  test('and a file that is not there, or no JSON, is told apart', async () => {
    const folder = await temporaryFolder()
    await expect(readResult(join(folder, 'none.json'))).rejects.toThrow('there is no such file')
    await writeFile(join(folder, 'half.json'), '{"format": 1,')
    await expect(readResult(join(folder, 'half.json'))).rejects.toThrow('it is no JSON')
    await writeFile(join(folder, 'old.json'), '{"format": 0}')
    await expect(readResult(join(folder, 'old.json'))).rejects.toThrow(
      'is no result of this bench: format is 0, not 1.',
    )
  })
})

describe('compare', () => {
  test('a result agrees with itself', () => {
    expect(differences(reference, reference).every(({ change }) => change === 0)).toBe(true)
    expect(comparison(reference, reference)[0]).toContain('the furthest 0.0 % apart')
  })

  test('names the count that has moved, and by how much', async () => {
    const other = await changed((result) => {
      const row = rowOf(result, 'talk', 'websocket', { messagesPerSecond: 10 })
      if (row) row.figures.bytes.median *= 1.1
    })
    const apart = differences(reference, other).filter(({ change }) => change !== 0)
    expect(apart).toEqual([
      expect.objectContaining({ figure: 'bytes', change: expect.closeTo(0.1), isCount: true }),
    ])
    expect(comparison(reference, other).join('\n')).toMatch(
      /WebSocket, talk, 10 guests, 10\/s: bytes .*\+10\.0 %/,
    )
  })

  test('who comes and goes, and a slow network, is not held to it', () => {
    expect(isSteady('WebSocket, talk, 10 guests, 10/s')).toBe(true)
    expect(isSteady('WebSocket, connect, 10 guests')).toBe(false)
    expect(isSteady('WebSocket, talk, 10 guests, 10/s, 200 ms away')).toBe(false)
  })

  test('two results without anything in common say so', async () => {
    const empty = await changed((result) => (result.rows = []))
    expect(comparison(reference, empty)).toEqual(['These two results have no measurement in common.'])
  })
})

test('the tables that the command prints fit 80 columns', () => {
  // A row has runs of spaces and is printed as it is; sentences are wrapped.
  const rows = tablesOf(reference).flatMap((text) => text.split('\n').filter((line) => / {2}/.test(line)))
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter(({ length }) => length > 80)).toEqual([])
})

describe('the report', () => {
  test('asks for nothing, and has every chart', async () => {
    const page = await reportOf(reference)
    expect(page).not.toMatch(/(src|href)="(?!data:|#)/)
    expect(page).not.toMatch(/url\(|@import|<script/)
    expect(page.match(/<h2>/g)?.length).toBeGreaterThanOrEqual(11)
    expect(page.match(/<svg /g)).toHaveLength(3)
    expect(page.match(/class="bars" aria-label/g)).toHaveLength(4)
    expect(page).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('shows a loss in red words, and what was typed as text', async () => {
    const page = await reportOf(
      await changed((result) => {
        result.command = 'npm run bench -- <script>'
        for (const row of result.rows) row.lost = 1
      }),
    )
    expect(page).toContain('class="trouble"')
    expect(page).not.toContain('<script>')
  })

  test('is a page also of a result that was ended at once', async () => {
    const page = await reportOf(
      await changed((result) => Object.assign(result, { rows: [], complete: false })),
    )
    expect(page).toContain('ended early')
    expect(page).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('a chart draws bars in proportion, and letters that mean something to HTML as letters', () => {
    const bars = [
      { label: 'a<b', kind: 'copper', value: 10, text: '10' },
      { label: 'c', kind: 'blue', value: 5, text: '5' },
    ]
    const widths = [
      ...barChart('t', bars)
        .toString()
        .matchAll(/width="([\d.]+)" height="22"/g),
    ].map(([, width]) => Number(width))
    expect(widths).toHaveLength(2)
    expect((widths[0] ?? 0) / (widths[1] ?? 1)).toBeCloseTo(2)
    expect(barChart('t', bars).toString()).toContain('a&#60;b')
    expect(escaped('"&\'')).toBe('&#34;&#38;&#39;')
  })

  test('names at the ends of lines stand apart', () => {
    const line = (label: string) => ({
      label,
      kind: 'blue',
      points: [
        { x: 0, y: 1 },
        { x: 1, y: 1 },
      ],
    })
    const axis = {
      title: '',
      ticks: [
        { at: 0, text: '0' },
        { at: 1, text: '1' },
      ],
    }
    const chart = lineChart('t', [line('one'), line('two'), line('three')], axis, axis).toString()
    const heights = [...chart.matchAll(/class="small end blue" x="\d+" y="([\d.]+)"/g)].map(([, y]) =>
      Number(y),
    )
    expect(heights).toHaveLength(3)
    expect(Math.min(...heights.slice(1).map((y, i) => y - (heights[i] ?? 0)))).toBeGreaterThanOrEqual(15)
  })
})
