import { expect, test } from 'vitest'
import { spec as diff } from '../../commands/diff.ts'
import { spec as doctor } from '../../commands/doctor.ts'
import { spec as start } from '../../commands/start.ts'
import { spec as step } from '../../commands/step.ts'
import { spec as work } from '../../commands/work.ts'
import { parseCommand, readPort, type CommandSpec } from './arguments.ts'

const stepOptions = '--port 3001, --share, --no-wire, --delay 200, --trickle 2000, --refuse-websocket'

/** Tries what a learner types behind a command, of which npm has taken some for itself. */
const typing = (spec: CommandSpec, line: string, env = {}) =>
  parseCommand(line.split(' ').filter(Boolean), spec, env)

test('words, options and flags are told apart', () => {
  const { positionals, option, flag } = typing(step, '6 --port 3001 --share')
  expect(positionals).toEqual(['6'])
  expect([option('port'), option('delay')]).toEqual(['3001', undefined])
  expect([flag('share'), flag('no-wire')]).toEqual([true, false])
})

test.each<[CommandSpec, string, string]>([
  [step, '6 3001', 'npm run step takes one word, and here are 2: 6 3001.'],
  [diff, '1 2 3', 'npm run diff takes 2 words, and here are 3: 1 2 3.'],
  [start, '4', 'npm start takes no word behind it, and here are 1: 4.'],
  [step, '6 --shar', `npm run step does not know --shar. Its options are: ${stepOptions}.`],
  [step, '6 --port', `Option '--port <value>' argument missing. Its options are: ${stepOptions}.`],
  [doctor, '--all', 'npm run doctor does not know --all. It has no options.'],
])('$command $1: what is wrong, and a line that is right', (spec, line, message) => {
  const next = `For example:  ${spec.example}`
  expect(() => typing(spec, line)).toThrow(expect.objectContaining({ name: 'Advice', message, next }))
})

test.each<[CommandSpec, string, Record<string, string>, string]>([
  [step, '6', { npm_config_port: '3001' }, 'npm run step 6 -- --port 3001'],
  [step, '6 3001', { npm_config_port: 'true' }, 'npm run step 6 -- --port 3001'],
  [step, '6', { npm_config_refuse_websocket: 'true' }, 'npm run step 6 -- --refuse-websocket'],
  [work, '', { npm_config_port: '3001' }, 'npm run work -- --port 3001'],
  [start, '', { npm_config_port: '3001' }, 'npm start -- --port 3001'],
])('$command $1, when npm has taken the option: $2', (spec, line, env, right) => {
  expect(() => typing(spec, line, env)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining("for itself: between npm's words and ours stands a lone --."),
      next: `Type:  ${right}`,
    }),
  )
})

test('what npm keeps of its own is none of our options', () => {
  expect(typing(step, '6', { npm_config_registry: 'https://example.com' }).positionals).toEqual(['6'])
})

test('a port is a whole number from 0 to 65535, and 3000 when none is asked for', () => {
  expect([undefined, '0', '65535'].map((text) => readPort(text, step.command))).toEqual([3000, 0, 65_535])
})

test.each(['abc', '65536', '1.5', '-1', ''])('%j is no port', (text) => {
  expect(() => readPort(text, 'npm run work 4')).toThrow(
    expect.objectContaining({
      message: `--port is ${JSON.stringify(text)}, and a port is a whole number from 0 to 65535.`,
      next: 'For example:  npm run work 4 -- --port 3001',
    }),
  )
})

test.each(['--help', '-h', '4 --help'])('%s says what may be typed, and is no mistake', (line) => {
  expect(() => typing(step, line, {})).toThrow(
    expect.objectContaining({
      name: 'Help',
      message: expect.stringContaining('npm run step […] [-- [--port 3001]'),
    }),
  )
})
