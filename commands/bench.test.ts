import { expect, test } from 'vitest'
import benchCommand from './bench.ts'

test.for<[string, string[]]>([
  ['compare takes two results', ['compare', 'one.json']],
  ['takes no word behind it', ['capacity', 'now']],
  ['does not know "fast"', ['fast']],
  ['does not know "compair". Did you mean compare?', ['compair']],
  ['cannot go together', ['--quick', '--full']],
  ['goes with the word capacity', ['--servers', '3']],
  ['--servers is "0", but it is whole numbers from 1 to 9', ['capacity', '--servers', '0']],
  ['--servers is "two"', ['capacity', '--servers', 'two']],
  ['--servers is "1,,3"', ['capacity', '--servers', '1,,3']],
  ['--servers is "1,10"', ['capacity', '--servers', '1,10']],
  ['--servers is "1.5"', ['capacity', '--servers', '1.5']],
  ['needs an address with http://', ['--url', 'https://localhost:5000']],
  ['does not speak "irc"', ['--url', 'http://localhost:5000', '--protocol', 'irc']],
])('advice: %s', async ([words, typed]) => {
  await expect(async () => benchCommand(typed)).rejects.toThrow(words)
})
