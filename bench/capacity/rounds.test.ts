import { expect, test } from 'vitest'
import { inRounds } from './rounds.ts'

test('each round begins with another one, and what was found stands by its name', async () => {
  const order: string[] = []
  const { signal } = new AbortController()
  const found = await inRounds([1, 2, 3], { rounds: 4, signal }, async (servers, round) => {
    order.push(`${round}:${servers}`)
    return servers * 10 + round
  })
  expect(order.join(' ')).toBe('1:1 1:2 1:3 2:2 2:3 2:1 3:3 3:1 3:2 4:1 4:2 4:3')
  expect([...found]).toEqual([
    [1, [11, 12, 13, 14]],
    [2, [21, 22, 23, 24]],
    [3, [31, 32, 33, 34]],
  ])
})

test('Ctrl-C ends it with what is complete; any other error goes on', async () => {
  const ending = new AbortController()
  const broken = async (name: string) => {
    if (name === 'b') throw new Error('the server has ended')
    return name
  }
  const rounds = 2
  await expect(inRounds(['a', 'b'], { rounds, signal: ending.signal }, broken)).rejects.toThrow('has ended')
  const found = await inRounds(['a', 'b'], { rounds, signal: ending.signal }, async (name) => {
    if (name === 'b') ending.abort()
    return broken(name)
  })
  expect([...found]).toEqual([['a', ['a']]])
})
