import { expect, test } from 'vitest'
import { adviseToInstall } from './several-at-terminal.ts'
import { Missing } from './several.ts'

test('what is missing is named, with how to get it on each system; any other error stays what it is', () => {
  expect(() => adviseToInstall(new Missing('Postgres'))).toThrow(
    expect.objectContaining({
      message: 'There is no Postgres on this machine, and several servers need it.',
      next: expect.stringMatching(/^Debian.*\nmacOS: .*\nWindows: /),
    }),
  )
  const other = new TypeError('something else')
  expect(() => adviseToInstall(other)).toThrow(other)
})
