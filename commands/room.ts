import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { guard, headers, whyRefused } from '#shared/classroom/server/guard'
import { listenNear } from '#shared/classroom/server/listen-near'
import { root } from '#shared/course/course'
import { keepOpenBoard } from '#shared/room/open-board'
import { openRoom, type Room } from '#shared/room/open-room'
import { askedToStop } from '#shared/run/run-at-terminal'
import { qrForTerminal } from '#shared/share/qr'
import { Advice } from '#shared/terminal/advice'
import { parseCommand, readPort, type CommandSpec } from '#shared/terminal/arguments'
import { hasOwnScreen, openBrowser } from '#shared/terminal/open-browser'
import { say } from '#shared/terminal/wrap'

export const spec = {
  command: 'npm run room',
  does: 'For the instructor: opens a board that shows how far each learner is and who wants help, and a door in your Wi-Fi at which laptops join, until Ctrl-C.',
  options: {
    new: [true, 'begins an empty room with another code; the one before is kept'],
    ngrok: [true, 'opens the door by a tunnel as well, with NGROK_AUTHTOKEN'],
    port: ['3401', 'the port of the door, in place of 3400'],
    'no-open': [true, 'prints the address of the board, and opens no browser'],
  },
  example: 'npm run room -- --new',
  about: [
    'The board answers on this machine alone. The door shows no classroom, no files and no checks; whoever comes in needs the code.',
  ],
} as const satisfies CommandSpec

const folder = join(root, '.data', 'room')

/** `npm run room`: the board, and a door for the class, until Ctrl-C. */
export default async function (typed: string[]): Promise<number> {
  const words = parseCommand(typed, spec)
  const authtoken = words.flag('ngrok') ? process.env.NGROK_AUTHTOKEN?.trim() : undefined
  if (words.flag('ngrok') && !authtoken) {
    throw new Advice(
      'A tunnel needs a token from ngrok in NGROK_AUTHTOKEN.',
      'How to get one is what this says:  npm run share      In the Wi-Fi alone:  npm run room',
    )
  }
  const room = await openRoom({
    file: fileOf(words.flag('new')),
    port: readPort(words.option('port'), spec.command, { otherwise: 3400, env: {} }),
    local: { guard, headers: headers(), whyRefused, listen: listenNear },
    authtoken,
  })
  const opens = !words.flag('no-open') && hasOwnScreen()
  say(...linesFor(room, opens))
  if (opens) openBrowser(room.url)
  keepOpenBoard(room.url)
  await askedToStop()
  keepOpenBoard(undefined)
  await room.close()
  say('Closed. Nothing is lost: the next npm run room goes on with this one.')
  return 0
}

/** A room is a file, whose name says when it was begun; the newest is the one that goes on. */
function fileOf(isNew: boolean): string {
  const rooms = readRooms().filter((name) => name.endsWith('.db'))
  const name = `${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.db`
  return join(folder, (isNew ? undefined : rooms.toSorted().at(-1)) ?? name)
}

function readRooms(): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

function linesFor({ url, code, addresses, people }: Room, opens: boolean): string[] {
  const [first = '', ...others] = addresses
  return [
    url,
    `That is the board, for you alone${opens ? '; it opens in your browser' : ': open it in your browser'}.`,
    ...(people > 0
      ? [`It goes on with the room of before: ${people} joined. For an empty one:  npm run room -- --new`]
      : []),
    ...qrForTerminal(`${first}/#${code}`),
    `Each learner types:  npm run join ${first.replace('http://', '')} ${code} NAME`,
    ...(others.length > 0 ? [`If that does not answer, in place of ${first}:  ${others.join('  ')}`] : []),
    `Phones, for questions alone: the QR code, or ${first} and the code ${code}.`,
    'Ctrl-C closes it.',
  ]
}
