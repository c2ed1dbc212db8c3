import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../../tests/support/folders.ts'
import { openRoll, Refusal } from './roll.ts'

async function roll() {
  const opened = openRoll(join(await temporaryFolder(), 'room.db'))
  onTestFinished(() => opened.close())
  return opened
}

const year = 365 * 24 * 60 * 60 // seconds

test('who says that they have waited for a year has waited since they joined', async () => {
  const { join: seat, report, people } = await roll()
  const ann = seat('Ann', 1_000)
  const ben = seat('Ben', 5_000)
  report(ann.id, { steps: [], noted: 0, helpAgo: 2 }, 6_000)
  report(ben.id, { steps: [], noted: 0, helpAgo: year }, 7_000)
  expect(people(() => true).map(({ name, helpAt }) => [name, helpAt])).toEqual([
    ['Ann', 4_000],
    ['Ben', 5_000],
  ])
})

test('however many phones there are, a laptop gets a seat', async () => {
  const { join: seat, phones } = await roll()
  expect(() => {
    for (;;) seat(undefined)
  }).toThrow(Refusal)
  expect(phones()).toBeGreaterThan(300)
  expect(seat('Ann').name).toBe('Ann')
})
