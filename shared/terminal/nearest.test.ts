import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

const names = ['watch', 'each', 'dir', 'url', 'all', 'refuse-websocket']

test.each([
  ['wach', 'watch'],
  ['wtach', 'watch'],
  ['WATCHES', undefined],
  ['Watch', 'watch'],
  ['w', 'watch'],
  ['refuse-web-sockets', 'refuse-websocket'],
  ['drop', undefined],
  ['', undefined],
])('%j is most likely %j', (typed, meant) => {
  expect(nearest(typed, names)).toBe(meant)
})
