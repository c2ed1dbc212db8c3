import type { Page } from 'playwright-core'
import { steps, type Step } from '#shared/course/course'
import { serveSlides } from '../../slides/slide-server.ts'
import { Chat, messages } from './chat.ts'
import * as room from './classroom.ts'
import { scene, type Scene, type Size, type State } from './scene.ts'

const hd: Size = { name: '1280x720', width: 1280, height: 720 }
const large: Size = { name: '1920x1080', width: 1920, height: 1080 }
const dark: Size = { ...hd, name: 'dark', dark: true }
const phone: Size = { name: 'phone', width: 390, height: 844 }
/** What the classroom's two windows are inside, when the classroom has 1280×720. */
const frame: Size = { name: 'window', width: 554, height: 370 }
const views = ['Lesson', 'Chat', 'Wire'].map((view) => ({
  ...phone,
  name: `phone-${view.toLowerCase()}`,
  view,
}))

const names =
  'Ada Grace Linus Margaret Donald Barbara Edsger Hedy Alan Radia Tim Frances Niklaus Katherine Dennis Bjarne'
const people = [...names.split(' '), 'Wilhelmina Jo.', '花子']
const rooms = [...'Piano Bicycle Lunch'.split(' '), 'The summer party: who cooks?', ...names.split(' ')]
const toAnn = messages(14).map((message) => ({ to: 1, message })) // She has the first account.
const inRoom = messages(14).map((message) => ({ room: 1, message }))

/** From which step on, up to which, the state, what leads there from the one before, and what Ann's page says then. */
const inSteps: [
  from: number,
  to: number,
  name: string,
  reach: (chat: Chat) => Promise<unknown>,
  said?: string,
][] = [
  [1, 1, 'first look', (chat) => chat.goes()],
  [5, 7, 'door', (chat) => chat.come('ben').then(() => chat.goes())],
  [5, 7, 'door, refused', (chat) => chat.sends({ 'What is your name?': 'ben' }), 'called ben already'],
  [8, 11, 'login', (chat) => chat.goes('/login')],
  [8, 11, 'login, refused', (chat) => chat.sends({ Username: 'ann', Password: '-' }), 'Wrong username'],
  [8, 11, 'register', (chat) => chat.goes('/register')],
  [8, 11, 'register, refused', (chat) => chat.sends({ Username: 'Ann Lee' }), 'A username has'],
  [2, 11, 'empty', (chat) => chat.enters()],
  [2, 11, '1 message', (chat) => chat.talk(1)],
  [2, 11, '14 messages', (chat) => chat.talk(14)],
  [2, 11, '50 messages', (chat) => chat.talk(50)],
  [2, 11, '300 messages', (chat) => chat.talk(300)],
  [2, 11, 'message refused', (chat) => chat.says('x'.repeat(2_001)), 'A message is a text of'],
  [6, 11, 'somebody types', (chat) => chat.ben('typing'), 'ben is typing'],
  [5, 11, 'many people', (chat) => chat.come(...people), `are ${people.length + 3} part`],
  [9, 11, 'board, empty', (chat) => chat.goes('/board')],
  [9, 11, 'board, new post', (chat) => chat.goes('/board/new')],
  [9, 11, 'board, many posts', (chat) => chat.post(20).then(() => chat.goes('/board'))],
  [5, 7, 'door, others talk', (chat) => chat.goes().then(() => chat.talk(344))],
  [2, 11, 'come in later', (chat) => chat.enters()],
  [10, 11, 'direct messages, unread', (chat) => chat.ben('direct message', ...toAnn), '14 new'],
  [10, 11, 'direct messages', (chat) => chat.clicks('ben'), '14 · '],
  [11, 11, 'many rooms', (chat) => chat.ben('create room', ...rooms), rooms.at(-1)],
  [
    11,
    11,
    'in a room',
    (chat) => chat.clicks('Piano').then(() => chat.ben('room message', ...inRoom)),
    '14 · ',
  ],
  [2, 11, 'server gone', (chat) => chat.loses()],
]

const inClassroom: State<room.Classroom>[] = [
  ['first look', ({ page, url }) => page.goto(url).then(() => page.getByRole('heading').nth(1).waitFor())],
  ['another lesson', (classroom) => room.openLesson(classroom)],
  [
    'chat in both windows',
    (classroom) =>
      classroom.page
        .getByRole('button', { name: /^Run the finished/ })
        .click()
        .then(() => room.talk(classroom)),
  ],
  ['a row taken apart', (classroom) => room.takeApart(classroom, 'hello, Ben!')],
  ['many rows', (classroom) => room.fillLadder(classroom)],
  ['a refused action', (classroom) => room.beRefused(classroom)],
  ['WebSocket refused', (classroom) => room.refuseWebSocket(classroom)],
  ['connection cut', (classroom) => room.cut(classroom, 60)],
  [
    'the wire alone',
    ({ page, url }) => page.goto(`${url}/wire`).then(() => page.getByText('Break it').waitFor()),
  ],
]
const withWork: State<room.Classroom>[] = [
  ['begun', (classroom) => room.begin(classroom)],
  ['a failing check', (classroom) => room.check(classroom, 'NOT YET')],
  ['a passing check', (classroom) => room.finish(classroom).then(() => room.check(classroom, 'DONE'))],
  ['crashed', (classroom) => room.crash(classroom)],
  ['crashed, loaded again', ({ page }) => page.reload().then(() => room.seesCrash(page))],
]
const otherPages: State<room.Classroom>[] = [
  ['glossary', ({ page, url }) => page.goto(`${url}/project/GLOSSARY.md`)],
  ['source', ({ page, url }) => page.goto(`${url}/project/steps/06-typing/server.ts`)],
  ['bench report', ({ page, url }) => page.goto(`${url}/project/bench/newest`)],
]

const slides = [
  ['contents', ''],
  ['title', 'part-1#/00-on-the-wire'],
  ['timeline', 'part-1#/00-ask-once-and-be-kept-waiting'],
  ['code', 'part-1#/04-three-handlers-one-word-apart'],
  ['who hears it', 'part-1#/04-who-hears-it'],
  ['your turn', 'part-1#/05-your-turn'],
  ['question', 'part-1#/06-how-long-does-ann-believe-it'],
  ['live', 'part-1#/06-watch-him-type'],
  ['chart', 'part-1#/91-bytes-for-each-message-that-arrives'],
  ['presenter', 'part-1/presenter'],
  ['handout', 'part-1/handout'],
] as const

/** Every page in every state that is pictured. The longest come first. */
export const scenes: readonly Scene[] = [
  scene('classroom/own', [hd, large, dark, ...views], room.startClassroom, withWork),
  ...steps.toReversed().map(sceneOf),
  scene('classroom/finished', [hd, large, dark, ...views], room.startClassroom, inClassroom),
  scene('pages', [hd, large, dark, phone], room.startClassroom, otherPages),
  scene(
    'slides',
    [hd, dark, phone],
    openSlides,
    slides.map(([name, path]) => [name, ({ shows }) => shows(path)]),
  ),
]

function sceneOf(step: Step): Scene {
  const states = inSteps.filter(([from, to]) => from <= step.number && step.number <= to)
  return scene(
    `steps/${step.name}`,
    [hd, large, frame, phone, dark],
    (window) => Chat.open(window, step),
    states.map(([, , name, reach, said]): State<Chat> => [
      name,
      async (chat) => {
        await reach(chat)
        if (said) await chat.shows(said)
      },
    ]),
  )
}

async function openSlides(window: Page) {
  const { url, close } = await serveSlides(0)
  const shows = async (path: string) => {
    await window.goto(`${url}/${path}`)
    const [, id] = path.split('#/')
    const slide = window.locator(`section.present[id="${id}"]`)
    if (id) await slide.waitFor()
    if (await slide.locator('.live').isVisible()) {
      for (const index of [0, 1])
        await slide.frameLocator('iframe').nth(index).getByText('connected over').waitFor()
    }
    for (const wall of await window.locator('main > .now iframe').all())
      await wall.contentFrame().locator('section.present').waitFor()
  }
  return { shows, close }
}
