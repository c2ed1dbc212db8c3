import { expect, test } from 'vitest'
import benchCommand from './bench.ts'

test.for<[string, string[]]>([
  ['compare takes two results', ['compare', 'one.json']],
  ['takes no word behind it', ['capacity', 'now']],
  ['does not know "fast"', ['fast']],
  ['does not know "compair". Did you mean compare?', ['compair']],
  ['cannot go together', ['--quick', '--full']],
  ['needs an address with http://', ['--url', 'https://localhost:5000']],
  ['does not speak "irc"', ['--url', 'http://localhost:5000', '--protocol', 'irc']],
])('advice: %s', async ([words, typed]) => {
  await expect(async () => benchCommand(typed)).rejects.toThrow(words)
})
