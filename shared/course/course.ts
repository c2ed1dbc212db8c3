import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Advice } from '../terminal/advice.ts'
import { nearest } from '../terminal/nearest.ts'

/** One step of the course: a folder that holds the whole program as of then, its lesson and its check. */
export interface Step {
  /** 1 for the first step; 0 is the empty program that step 1 starts from */
  readonly number: number
  /** the folder's name, `04-broadcast-vs-self` */
  readonly name: string
  readonly title: string
  /** what the chat can do once this step is done, as it stands in the step table */
  readonly does: string
  /** how long it takes in a workshop */
  readonly minutes: number
  /** the folder's absolute path */
  readonly dir: string
}

/** The project's own folder, absolute. */
export const root = join(import.meta.dirname, '..', '..')

/** The learner's folder. */
export const workDir = join(root, 'work')

/** From this step on there are accounts, and the page is behind a login. Its socket may still be anybody's. */
export const firstWithLogin = 9

/** From this step on a socket belongs to whoever has logged in: nobody is asked for a name. */
export const firstWithSession = 10

/** From this step on the program can run several times, with one database and one Redis. */
export const firstWithServers = 18

/** The step that each part begins with: one part an evening, as INSTRUCTOR.md and the slides have it. */
export const firstOfParts: readonly number[] = [1, 8, 16]

const folder = (name: string) => join(root, 'steps', name)

/** What step 1 starts from: a server that knows no answer. It is no step of the course itself. */
export const start: Step = {
  number: 0,
  name: '00-start',
  title: 'An empty program',
  does: 'listens, and knows no answer',
  minutes: 0,
  dir: folder('00-start'),
}

/** The steps of the course, in their order. */
export const steps: readonly Step[] = [
  ['01-hello-http', 'Hello, HTTP', 'answers a browser', 8],
  ['02-polling', 'Polling', 'a chat without sockets: the page asks every second', 10],
  [
    '03-socket-echo',
    'A connection that stays open',
    'an echo over a socket, and the moment of the upgrade',
    15,
  ],
  ['04-broadcast-vs-self', 'Broadcast or self', 'to me, to all, to everyone else', 12],
  ['05-nicknames', 'Nicknames', 'names, colours, who is here', 20],
  ['06-typing', 'Who is typing', '“ann is typing”', 12],
  ['07-strangers', 'Strangers', 'holds out against strangers', 12],
  ['08-history', 'It remembers', 'what was said before, for those who come later', 20],
  ['09-login', 'Accounts', 'people with a password, behind a login', 25],
  ['10-one-session', 'One session', 'the socket knows who it is', 20],
  ['11-presence', 'People, not tabs', 'people, in as many tabs as they like', 20],
  ['12-board', 'The board', 'a notice board over plain HTTP, announced live', 20],
  ['13-direct-messages', 'Between two', 'private messages that are private', 20],
  ['14-rooms', 'Rooms', 'rooms to create, join and leave', 20],
  ['15-inside-a-room', 'Inside a room', 'history, members, typing and unread lines, room by room', 15],
  ['16-sent-once', 'Sent once', 'nothing lost and nothing twice, on the way up', 20],
  ['17-catch-up', 'Catching up', 'nothing lost and nothing twice, on the way down', 20],
  ['18-many-servers', 'Many servers', 'the same chat on several machines', 25],
].map(([name, title, does, minutes]) => ({
  number: Number.parseInt(String(name), 10),
  name: String(name),
  title: String(title),
  does: String(does),
  minutes: Number(minutes),
  dir: folder(String(name)),
}))

/**
 * The step that a learner names.
 *
 * @param text a number as typed, `4` or `04`, or a folder's name, `04-broadcast-vs-self`
 * @throws Advice when there is no such step
 */
export function findStep(text: string): Step {
  const step = steps.find(
    ({ name, number }) => name === text || (/^\d+$/.test(text) && number === Number(text)),
  )
  if (step) return step
  const meant = /^[\d.-]*$/.test(text)
    ? undefined
    : nearest(
        text,
        steps.flatMap(({ name }) => [name, name.slice(3)]),
      )
  throw new Advice(
    `There is no step ${JSON.stringify(text)}: the steps are 1 to ${steps.length}.${meant ? ` Did you mean ${steps.find(({ name }) => name.endsWith(meant))?.number}?` : ''}`,
    'To see them all:  npm run step',
  )
}

/** The finished step that `step` starts from: the one before it, or the empty program. */
export function before(step: Step): Step {
  return steps.findLast(({ number }) => number < step.number) ?? start
}

/** The step after this one, or undefined after the last. */
export function after(step: Step): Step | undefined {
  return steps.find(({ number }) => number > step.number)
}

/**
 * The files of a folder that make up its program, those of its `page/` included; the rest of a step's folder is about the
 * program. The server comes first, the page's folder last.
 *
 * @returns paths from the folder, with slashes: `server.ts`, `events.ts`, `page/client.ts`
 */
export function programFilesIn(dir: string): string[] {
  const own = namesIn(dir).toSorted((a, b) => Number(b === 'server.ts') - Number(a === 'server.ts'))
  return [...own, ...namesIn(join(dir, 'page')).map((name) => `page/${name}`)]
}

function namesIn(dir: string): string[] {
  if (!existsSync(dir)) return []
  return readdirSync(dir).filter((name) => /\.(ts|html|css|sql)$/.test(name) && !name.endsWith('.test.ts'))
}

/** Every program file that any step has. What else lies in a learner's folder is a matter of their own. */
export function knownProgramFiles(): string[] {
  return [...new Set([start, ...steps].flatMap(({ dir }) => programFilesIn(dir)))]
}

/** Whether a program file runs in the browser, or is what the browser shows. */
export function isPageFile(file: string): boolean {
  return file.startsWith('page/') || file === 'client.ts' || file === 'index.html'
}
