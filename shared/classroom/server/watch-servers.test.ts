import { expect, test } from 'vitest'
import { root } from '../../course/course.ts'
import { DidNotStart, type Program } from '../../run/run.ts'
import { Advice } from '../../terminal/advice.ts'
import { watchServers } from './watch-servers.ts'

/** Two servers that are no processes: their ends are called by hand. */
function twoServers(startAgain: () => void = () => {}) {
  const ends: ((exitCode: number | null) => void)[] = []
  const start = (index: number): Program => {
    const ended = new Promise<number | null>((resolve) => (ends[index] = resolve))
    const kill = () => {
      ends[index]!(null)
      return ended
    }
    const url = `http://localhost:${5_001 + index}`
    return { url, pid: 100 + index, output: [], running: true, ended, stop: kill, kill }
  }
  const servers = [start(0), start(1)]
  const complaints: string[][] = [[], []]
  const restart = async (index: number) => {
    startAgain()
    servers[index] = start(index)
  }
  const watched = watchServers({ servers, restart }, root, complaints)
  const heard: string[] = []
  watched.on(() => heard.push(watched.states.map(({ is }) => is).join(' ')))
  return { watched, ends, complaints, heard }
}
const second = { url: 'http://localhost:5002', pid: 101, is: 'running' }

test('who is killed is dead, and starts again at the same address', async () => {
  const { watched, heard } = twoServers()
  expect(watched.states[1]).toEqual(second)
  await watched.kill(2)
  await expect.poll(() => watched.states[1]).toEqual({ url: second.url, is: 'dead', why: 'it was killed' })
  await watched.start(2)
  expect(watched.states[1]).toEqual(second)
  expect(heard).toEqual(['running dead', 'running starting', 'running running'])
})

test('a server that dies of itself is dead too, with its error; started again, it has none', async () => {
  const { watched, ends, complaints } = twoServers()
  complaints[0]!.push('(node:1) Warning: something else', 'Error: no space left on the disk', '    at write')
  ends[0]!(1)
  await expect
    .poll(() => watched.states[0])
    .toMatchObject({ is: 'dead', why: 'Error: no space left on the disk' })
  await watched.start(1)
  ends[0]!(1)
  await expect.poll(() => watched.states[0]).toMatchObject({ is: 'dead', why: 'it ended by itself' })
})

test('what cannot be done is refused with a reason, and changes nothing', async () => {
  const { watched, heard } = twoServers(() => {
    throw new DidNotStart('Error: the database is not there', [])
  })
  for (const number of [0, 3, 1.5, Number.NaN]) await expect(watched.kill(number)).rejects.toThrow(Advice)
  await expect(watched.start(1)).rejects.toThrow('Server 1 is running.')
  expect(heard).toEqual([])
  await watched.kill(1)
  await expect.poll(() => watched.states[0]?.is).toBe('dead')
  await expect(watched.kill(1)).rejects.toThrow('Server 1 is dead.')
  await expect(watched.start(1)).rejects.toThrow('Server 1 does not start: Error: the database is not there.')
  expect(watched.states[0]).toMatchObject({ is: 'dead', why: 'Error: the database is not there' })
})
