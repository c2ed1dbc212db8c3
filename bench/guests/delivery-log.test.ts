import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openDeliveryLog } from './delivery-log.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('it is complete when everybody has heard everything; each delivery has its time', async () => {
  const log = openDeliveryLog(2)
  log.sent('hello', performance.now(), true)
  const complete = log.complete(3_000)
  vi.advanceTimersByTime(5)
  log.heard(0, 'hello')
  vi.advanceTimersByTime(5)
  log.heard(1, 'hello')
  await complete
  expect(log).toMatchObject({ delivered: 2, latenciesMs: [5, 10], lost: 0, doubled: 0 })
})

test('one message in a thousand that somebody never hears is lost, and waited for once', async () => {
  const log = openDeliveryLog(2)
  for (let number = 0; number < 1_000; number++) {
    log.sent(`message ${number}`, performance.now(), false)
    log.heard(0, `message ${number}`)
    if (number !== 500) log.heard(1, `message ${number}`)
  }
  const complete = log.complete(3_000)
  vi.advanceTimersByTime(3_000)
  await complete
  await log.complete(3_000)
  expect(log).toMatchObject({ delivered: 1_999, lost: 1, doubled: 0 })
})

test('each delivery gives the others their time again', async () => {
  const log = openDeliveryLog(3)
  let isComplete = false
  log.sent('hello', performance.now(), false)
  const complete = log.complete(3_000).then(() => (isComplete = true))
  for (const guest of [0, 1, 2]) {
    vi.advanceTimersByTime(2_900)
    await Promise.resolve()
    expect(isComplete).toBe(false)
    log.heard(guest, 'hello')
  }
  await complete
  expect(log.lost).toBe(0)
})

test('what a guest hears twice is doubled, and delivered once; so is what nobody has said', () => {
  const log = openDeliveryLog(2)
  log.sent('hello', performance.now(), true)
  log.heard(0, 'hello')
  log.heard(0, 'hello')
  log.heard(1, 'of an earlier command')
  expect(log).toMatchObject({ delivered: 1, doubled: 2, lost: 1 })
  expect(log.latenciesMs).toHaveLength(1)
})
