import { expect, test } from 'vitest'
import { parseCommand } from '../terminal/arguments.ts'
import { faultOptions, readFaults } from './fault-options.ts'

const command = 'npm run step 6'
const spec = { command, options: faultOptions, does: '', example: command }
const faults = (...words: string[]) => readFaults(parseCommand(words, spec, {}), command)

test('nothing is made worse unless it is asked for', () => {
  expect(faults()).toEqual({ delayMs: 0, bytesPerSecond: 0, refuseWebSocket: false })
  expect(faults('--delay', '200', '--trickle', '0.5', '--refuse-websocket')).toEqual({
    delayMs: 200,
    bytesPerSecond: 0.5,
    refuseWebSocket: true,
  })
})

test.each(['soon', '-1', '', '1e3'])('a delay of %j is no number from 0 up', (text) => {
  expect(() => faults(`--delay=${text}`)).toThrow(
    expect.objectContaining({
      message: `--delay is ${JSON.stringify(text)}, but it takes a number from 0 up.`,
      next: 'For example:  npm run step 6 -- --delay 200',
    }),
  )
})
