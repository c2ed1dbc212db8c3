import { createInterface } from 'node:readline/promises'
import { joinRoom, leaveRoom } from '#shared/room/call-room'
import { readMembership, roomUrl } from '#shared/room/membership'
import { whatIsSent } from '#shared/room/room-events'
import { Advice } from '#shared/terminal/advice'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'
import { say } from '#shared/terminal/wrap'

export const spec = {
  command: 'npm run join',
  does: "Joins your instructor's room, which then sees how far you are. Address and code are those that the instructor shows.",
  words: ['ADDRESS', 'CODE', '[NAME]'],
  options: { leave: [true, 'leaves it: nothing is sent any more, and your name goes from the board'] },
  example: 'npm run join 192.168.1.23:3400 abcdef Ben',
  about: [whatIsSent],
} as const satisfies CommandSpec

const leaving = 'To leave it at any time:  npm run join -- --leave'

/** `npm run join ADDRESS CODE [NAME]`: from now on the room is told how far this learner is, until `--leave`. */
export default async function join(words: string[]): Promise<number> {
  const { positionals, flag } = parseCommand(words, spec)
  if (flag('leave')) return leave()
  const [address, code, name] = positionals
  if (address === undefined || code === undefined) {
    const joined = readMembership()
    if (!joined)
      throw new Advice(
        'Which room? Its address and code stand on the board.',
        `For example:  ${spec.example}`,
      )
    say(`You have joined the room at ${joined.url} as ${joined.name}.`, whatIsSent, leaving)
    return 0
  }
  const wanted = name ?? readMembership()?.name ?? (await askForName(`npm run join ${address} ${code}`))
  const joined = await joinRoom({ url: roomUrl(address), code: code.trim().toLowerCase() }, wanted)
  if (joined.name !== wanted) say(`Somebody there is called ${wanted} already: you are ${joined.name}.`)
  say(
    `You have joined the room as ${joined.name}.`,
    whatIsSent,
    'It is sent after each check. Do you need help?  npm run help-me',
    leaving,
  )
  return 0
}

async function askForName(command: string): Promise<string> {
  if (!process.stdin.isTTY) throw new Advice('What is the board to call you?', `For example:  ${command} Ben`)
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const name = await terminal.question('What is the board to call you? ')
  terminal.close()
  return name
}

async function leave(): Promise<number> {
  const joined = readMembership()
  if (!joined) {
    say('You have joined no room. Nothing is sent.')
    return 0
  }
  const isHeard = await leaveRoom()
  say(
    'You have left the room. Nothing is sent any more.',
    ...(isHeard ? [] : [`The room did not answer, so its board may still show ${joined.name}.`]),
  )
  return 0
}
