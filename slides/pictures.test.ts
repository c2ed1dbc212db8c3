import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readReference } from '../bench/newest.ts'
import type { Result } from '../bench/result.ts'
import { temporaryFolder } from '../tests/support/folders.ts'
import { chartOf, newestResults } from './figures.ts'
import { hearsPicture } from './hears.ts'
import { render } from './render.ts'
import { timelinePicture } from './timeline.ts'

test('who hears it is a picture, and a sentence for those who do not see it', () => {
  const picture = String(hearsPicture('socket.emit | ann → ann / ben\nsocket.broadcast.emit | ann → ben'))
  expect(picture).toContain(
    'aria-label="socket.emit: ann speaks, ann hears it; ben hears nothing. socket.broadcast.emit: ann speaks, ben hears it."',
  )
  expect(picture.match(/class="arrow down"/g)).toHaveLength(2)
  expect(picture.match(/class="arrow up"/g)).toHaveLength(2)
  expect(() => hearsPicture('socket.emit: ann')).toThrow('“socket.emit: ann” is not written as')
})

test('a time line has its moments from left to right', () => {
  const picture = String(timelinePicture('0 up ask\n0-1.5 wait\n1.5 down hello\nuntil 2', 'Ben asks <once>.'))
  expect(picture).toContain('aria-label="Ben asks &#60;once&#62;."')
  const places = [...picture.matchAll(/class="arrow \w+" d="M([\d.]+)/g)].map(([, x]) => Number(x))
  expect(places).toEqual(places.toSorted((one, other) => one - other))
  expect(() => timelinePicture('soon up ask\nuntil 2', '')).toThrow('“soon up ask” is no line of a time line')
  expect(() => timelinePicture('0 up ask', '')).toThrow('a time line ends with  until')
})

const reference = await readReference()

test('a chart says its figures and where they come from', () => {
  const chart = String(chartOf('bytes', () => reference))
  expect(chart).toContain('WebSocket 93.0')
  expect(chart).toContain('npm run bench, 21 November 2026')
  expect(() => chartOf('speed', () => reference)).toThrow('there is no chart “speed”: there are bytes, ')
  expect(() => chartOf('bytes', () => ({ ...reference, rows: [] }))).toThrow(
    'measured nothing for the chart “bytes”',
  )
})

test('after a quick run, which measures no silence, the chart of the tunnel shows an older result', async () => {
  const dir = await temporaryFolder()
  const rows = reference.rows.filter(({ doing }) => doing !== 'idle')
  const write = (file: string, result: Result) => writeFile(join(dir, file), JSON.stringify(result))
  await write('reference.json', reference)
  await write('2026-11-22T09-00-00.json', { ...reference, command: 'npm run bench -- --quick', rows })
  const resultFor = await newestResults(dir)
  expect(String(chartOf('bytes', resultFor))).toContain('npm run bench -- --quick, ')
  expect(String(chartOf('tunnel', resultFor))).toContain('npm run bench, 21 November 2026')
})

test('what a message goes over gives it its colour', () => {
  const timeline = String(timelinePicture('over polling\n0 up ask\nover websocket\n1 up hi\nuntil 2', ''))
  expect(timeline).toMatch(/<g class="polling">[^]*ask<[^]*<g class="websocket">[^]*hi</)
  expect(String(hearsPicture('over http\nhello | ann → ben'))).toContain('<g class="http">')
  expect(String(hearsPicture('hello | ann → ben'))).toContain('<g class="websocket">')
  expect(() => hearsPicture('over pigeon')).toThrow(
    'nothing goes over “pigeon”: write over http, over polling',
  )
})

test('what is wrong with a slide stands on it, and is named', () => {
  const slide = {
    id: '99-x',
    title: 'X',
    minutes: 1,
    look: 'plain',
    body: '```chart speed\n```\n\n```live 99\n```\n',
    notes: '',
  } as const
  const { body, problems } = render(slide, 'part-1', { resultFor: () => reference })
  expect(problems).toEqual([
    expect.stringContaining('slide “X” (99-x), chart speed: there is no chart “speed”'),
    expect.stringContaining('slide “X” (99-x), live 99: There is no step "99"'),
  ])
  expect(String(body).match(/role="alert"/g)).toHaveLength(2)
})
