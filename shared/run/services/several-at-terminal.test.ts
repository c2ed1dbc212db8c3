import { expect, test } from 'vitest'
import { DidNotStart } from '../run.ts'
import { adviseToInstall } from './several-at-terminal.ts'
import { Missing } from './several.ts'

test('what is missing is named, with how to get it on each system; any other error stays what it is', () => {
  expect(() => adviseToInstall(new Missing('Postgres'))).toThrow(
    expect.objectContaining({
      message: 'There is no Postgres on this machine, and several servers need it.',
      next: expect.stringMatching(/^Debian.*\nmacOS: .*\nWindows: /),
    }),
  )
  expect(() => adviseToInstall(new DidNotStart('The database cannot be used', []))).toThrow(
    expect.objectContaining({ message: 'A server does not start: it says above why.' }),
  )
  const other = new TypeError('something else')
  expect(() => adviseToInstall(other)).toThrow(other)
})
