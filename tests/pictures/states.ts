import type { Page } from 'playwright-core'
import { steps, type Step } from '#shared/course/course'
import { serveSlides } from '../../slides/slide-server.ts'
import { scene, type Scene, type Size, type State } from './camera.ts'
import { Chat, messages } from './chat.ts'
import { Classroom } from './classroom.ts'
import { RoomStage } from './room.ts'
import { ServersStage } from './servers.ts'

const names =
  'Ada Grace Linus Margaret Donald Barbara Edsger Hedy Alan Radia Tim Frances Niklaus Katherine Dennis Bjarne'
const people = [...names.split(' '), 'Wilhelmina Jo.', '花子']
const rooms = [...'Piano Bicycle Lunch'.split(' '), 'The summer party: who cooks?', ...names.split(' ')]
const toAnn = messages(14).map((message) => ({ to: 1, message })) // She has the first account.
const inRoom = messages(14).map((message) => ({ room: 2, message })) // Piano is the first after General.

const form: Size[] = ['hd', 'phone']
const chat: Size[] = ['window', 'phone']
const all: Size[] = ['hd', 'window', 'phone', 'dark']
const each = steps.map(({ number }) => number)
const last = steps.length

/** In which steps, the state as `State` has it, and what Ann's page says then. A step that looks like one before it is left out. */
const inSteps: [steps: number[], ...State<Chat>, said?: string | RegExp][] = [
  [[1], 'first look', all, (ann) => ann.goes()],
  [[5, 8], 'door', all, (ann) => ann.come('ben').then(() => ann.goes())],
  [[5], 'door, refused', chat, (ann) => ann.sends({ 'What is your name?': 'ben' }), 'called ben already'],
  [[9, last], 'login', all, (ann) => ann.goes('/login')],
  [[9], 'login, refused', form, (ann) => ann.sends({ Username: 'ann', Password: '-' }), 'Wrong username'],
  [[9, last], 'register', all, (ann) => ann.goes('/register')],
  [[9], 'register, refused', form, (ann) => ann.sends({ Username: 'Ann Lee' }), 'A username has'],
  [each.slice(1), 'empty', ['window'], (ann) => ann.enters()],
  [[2, last], '1 message', chat, (ann) => ann.talk(1)],
  [each.slice(1), '14 messages', all, (ann) => ann.talk(14)],
  [[3, last], '50 messages', chat, (ann) => ann.talk(50)],
  [[3, last], '300 messages', all, (ann) => ann.talk(300)],
  [[5], 'ben goes on', chat, (ann) => ann.ben('new message', ...messages(5)), '5 · '],
  [[2, last], 'message refused', chat, (ann) => ann.saysTooMuch(), 'A message is a text of'],
  [[6, 11], 'somebody types', chat, (ann) => ann.ben('typing'), 'ben is typing'],
  [[5, 11, 13, last], 'many people', all, (ann) => ann.come(...people), /are \d\d part/],
  [[12], 'board, empty', form, (ann) => ann.goes('/board')],
  [[12], 'board, new post', form, (ann) => ann.goes('/board/new')],
  [[12, last], 'board, many posts', all, (ann) => ann.post(20).then(() => ann.goes('/board'))],
  [[4, 5], 'old lines', ['hd', ...chat], (ann) => ann.readsOldLines(), '2 new'],
  [[5, 8], 'door, others talk', chat, (ann) => ann.goes().then(() => ann.talk(40))],
  [[3, 8, last], 'come in later', chat, (ann) => ann.enters()],
  [[13, last], 'direct messages, unread', chat, (ann) => ann.ben('direct message', ...toAnn), '14 new'],
  [[13], 'direct messages', all, (ann) => ann.clicks('ben'), '14 · '],
  [
    [last],
    'many rooms',
    all,
    async (ann) => {
      await ann.ben('create room', ...rooms.slice(0, 15)) // Nobody can be in more than 20.
      await ann.other('cleo', 'create room', ...rooms.slice(15))
    },
    rooms.at(-1),
  ],
  [
    [last],
    'in a room',
    all,
    (ann) => ann.clicks('Piano').then(() => ann.ben('new message', ...inRoom)),
    '14 · ',
  ],
  [
    [2, 3, 5, 11, last],
    'server gone',
    chat,
    (ann) => ann.enters().then(() => ann.program.kill()),
    /reconnecting…|asking again/,
  ],
]

const own: Size[] = ['hd', 'laptop', 'lesson', 'chat']
const everywhere: Size[] = ['hd', 'laptop', 'large', 'dark', 'lesson', 'chat', 'wire']

const inClassroom: State<Classroom>[] = [
  ['first look', everywhere, (room) => room.goes()],
  ['another lesson', ['hd', 'lesson'], (room) => room.openLesson()],
  ['begun', own, (room) => room.begin()],
  ['a failing check', own, (room) => room.check('NOT YET')],
  ['a passing check', own, (room) => room.finish().then(() => room.check('DONE'))],
  ['crashed', ['hd', 'laptop', 'dark', 'chat'], (room) => room.crash()],
  ['crashed, loaded again', ['hd', 'chat'], (room) => room.page.reload().then(() => room.seesCrash())],
  ['chat in both windows', everywhere, (room) => room.talk()],
  ['a row taken apart', ['hd', 'dark', 'wire'], (room) => room.takeApart('hello, Ben!')],
  ['many rows', ['hd', 'laptop', 'large', 'wire'], (room) => room.fillWire()],
  ['a refused action', ['hd', 'wire'], (room) => room.beRefused()],
  ['WebSocket refused', ['hd', 'laptop', 'wire'], (room) => room.refuseWebSocket()],
  ['connection cut', ['hd', 'chat', 'wire'], (room) => room.cut(20)],
  ['the wire alone', ['hd', 'phone'], (room) => room.goes('/wire')],
  ['glossary', form, (room) => room.goes('/project/GLOSSARY.md')],
  ['source', form, (room) => room.goes('/project/steps/06-typing/server.ts')],
  ['bench report', [...form, 'dark'], (room) => room.goes('/project/bench/newest')],
  [
    'bench report, measured',
    [...form, 'dark'],
    async (room) => {
      await room.goes('/project/bench/newest')
      await room.page.getByLabel('Show what was measured').check()
    },
  ],
]

const withAccounts: State<Classroom>[] = [
  ['two people with accounts', everywhere, (room) => room.talkWithAccounts()],
  ['for a projector', ['hd', 'laptop', 'large', 'dark'], (room) => room.forProjector()],
]

const board: Size[] = ['hd', 'large']
const thirty = [...people, ...names.split(' ').map((name) => `${name} B.`)].slice(0, 30)
const inRoomBoard: State<RoomStage>[] = [
  ['nobody yet', board, (room) => room.goes()],
  ['5 people', [...board, 'dark'], (room) => room.come(...thirty.slice(0, 5)).then(() => room.begins())],
  ['30 people', [...board, 'dark'], (room) => room.come(...thirty.slice(5))],
  ['somebody', board, (room) => room.opens('Linus')],
  ['names hidden', board, (room) => room.clicks('Close').then(() => room.clicks('Hide names'))],
  [
    'a question with answers',
    board,
    (room) =>
      room.asks('socket.broadcast.emit: who hears it?', 'the sender', 'all', 'everyone else', 'nobody'),
  ],
  ['a question, large', board, (room) => room.clicks('Large')],
  ['phone, the code', ['phone'], (room) => room.onPhone(false)],
  ['phone, a question', ['phone'], (room) => room.onPhone(true)],
  ['phone, answered', ['phone'], (room) => room.answers('all')],
  ['classroom, joined', ['hd', 'lesson'], (room) => room.inClassroom()],
  ['classroom, a hint and a question', ['hd', 'laptop', 'lesson'], (room) => room.isHelped()],
]

const severalServers: State<ServersStage>[] = [
  ['first look', [...board, 'laptop', 'dark', 'phone'], (servers) => servers.goes()],
  ['both talk', [...board, 'laptop', 'dark'], (servers) => servers.talk()],
  ['one is dead', [...board, 'laptop', 'dark', 'phone'], (servers) => servers.kill()],
  ['for a projector', board, (servers) => servers.forProjector()],
]

const projected: Size[] = ['large', 'phone']
const inSlides: [name: string, sizes: Size[], path: string][] = [
  ['contents', ['hd', 'dark'], ''],
  ['title', [...projected, 'dark'], 'part-1#/00-on-the-wire'],
  ['timeline', projected, 'part-1#/03-ask-once-and-be-kept-waiting'],
  ['code', projected, 'part-1#/04-three-handlers-one-word-apart'],
  ['who hears it', projected, 'part-1#/04-who-hears-it'],
  ['your turn', projected, 'part-1#/05-your-turn'],
  ['question', projected, 'part-1#/06-how-long-does-ann-believe-it'],
  ['live', projected, 'part-1#/06-watch-him-type'],
  ['chart', projected, 'part-1#/91-bytes-for-each-message-that-arrives'],
  ['tracing', projected, 'part-1#/06-trace-it-on-paper'],
  ['presenter', ['hd', 'dark'], 'part-1/presenter'],
  ['handout', ['hd'], 'part-1/handout'],
  ['paper', ['large'], 'paper'],
]

/** Every page in every state that is pictured. The longest come first. */
export const scenes: readonly Scene[] = [
  scene('classroom', (window) => Classroom.open(window), inClassroom),
  scene('classroom-10', (window) => Classroom.open(window), withAccounts),
  scene('servers', (window) => ServersStage.open(window), severalServers),
  scene('room', (window) => RoomStage.open(window), inRoomBoard),
  ...steps.toReversed().map(sceneOf),
  scene(
    'slides',
    openSlides,
    inSlides.map(([name, sizes, path]) => [name, sizes, ({ shows }) => shows(path)]),
  ),
]

function sceneOf(step: Step): Scene {
  const states = inSteps
    .filter(([numbers]) => numbers.includes(step.number))
    .map(([, name, sizes, reach, said]): State<Chat> => {
      return [name, sizes, (ann) => reach(ann).then(() => (said ? ann.shows(said) : undefined))]
    })
  return scene(`steps/${step.name}`, (window) => Chat.open(window, step), states)
}

async function openSlides(window: Page) {
  const { url, close } = await serveSlides(0, undefined, 'no-room')
  const shows = async (path: string) => {
    await window.goto(`${url}/${path}`)
    const [, id] = path.split('#/')
    const slide = window.locator(`section.present[id="${id}"]`)
    if (id) await slide.waitFor()
    const windows = (await slide.locator('.live').isVisible()) ? [0, 1] : []
    for (const index of windows)
      await slide.frameLocator('iframe').nth(index).getByText('connected over').waitFor()
    for (const wall of await window.locator('main > .now iframe').all())
      await wall.contentFrame().locator('section.present').waitFor()
  }
  return { shows, close }
}
