import { expect, test } from 'vitest'
import { type ServersRun, serversReading, serversTable, serversTroubles } from './servers-capacity.ts'

const run = (servers: number, roomOf: number, stored: number, more: Partial<ServersRun> = {}) => ({
  servers,
  roomOf,
  messages: 3 * stored,
  stored,
  deliveries: stored * roomOf,
  p50Ms: 61,
  p99Ms: 180.4,
  serversCpuMs: 1.1,
  guestsCpuMs: 0.42,
  lost: 0,
  doubled: 0,
  ...more,
})

test('the table fits 80 columns: medians, and each ratio to the first number of servers in rooms as large', () => {
  const first = [run(1, 1, 4_900), run(1, 30, 2_000)]
  const others = [run(3, 1, 9_000), run(3, 1, 2_900), run(3, 1, 100), run(3, 30, 1_500)]
  const lines = serversTable([...first, ...others])
  expect(lines.map((line) => line.split(/\s{2,}/))).toEqual([
    ['servers', 'room of', 'stored/s', 'ratio', 'heard/s', 'p50 ms', 'p99 ms', 'server ms', 'guest ms'],
    ['1', '1', '4,900', '1.00', '4,900', '61.0', '180', '1.10', '0.42'],
    ['3', '1', '2,900', '0.59', '2,900', '61.0', '180', '1.10', '0.42'],
    ['1', '30', '2,000', '1.00', '60,000', '61.0', '180', '1.10', '0.42'],
    ['3', '30', '1,500', '0.75', '45,000', '61.0', '180', '1.10', '0.42'],
  ])
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80)
})

test('what was lost is said loudly, and what it cannot show as well', () => {
  expect(serversTroubles([run(1, 1, 10), run(3, 30, 10)])).toEqual([])
  expect(serversTroubles([run(1, 1, 10), run(3, 30, 10, { lost: 1_200, doubled: 2 })])).toEqual([
    'LOST: 3 at once, room of 30: 1,200 deliveries never came',
    'TWICE: 3 at once, room of 30: 2 messages came twice',
  ])
  expect(serversReading(30).join(' ')).toContain('It does not show that three machines carry more than one.')
})
