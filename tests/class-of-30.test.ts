import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import { expect, onTestFinished, test } from 'vitest'
import { type Step, steps } from '#shared/course/course'
import { readLesson } from '#shared/course/lesson'
import { markPassed } from '#shared/course/progress'
import { taskNames } from '#shared/course/tasks'
import { begin, setWorkStep } from '#shared/course/work-folder'
import { callRoom, type RoomSocket } from '#shared/room/call-room'
import { readMembership, recordCheck, reportOf, writeMembership } from '#shared/room/membership'
import type { Answer, BoardState } from '#shared/room/room-events'
import { openWire, type Wire } from '#shared/wire/open-wire'
import { projectCopy, temporaryFolder } from './support/folders.ts'
import { room } from './support/room.ts'
import { chance, type Chance } from './support/traffic.ts'
import { type } from './support/type-command.ts'

// A class goes through part one, in a Wi-Fi that delays and cuts. Five learners type the commands, in folders of their own; what
// the others' checks find is what the lessons say of their checkpoints, and the rest of them is a learner's own code.
// CLASS=large: the five check at every checkpoint of part one, and there are more people and more cuts.

const isLarge = process.env.CLASS === 'large'
const [recorded, cuts] = isLarge ? [95, 30] : [25, 6]
const answerMs = 1_000

/** What a check finds somewhere in part one. */
interface Found {
  step: Step
  checkpoint: number
  /** the numbers of the tasks that pass, from 1 */
  tasks: number[]
  isDone: boolean
}

/** Each checkpoint of part one, in order, and what its check finds by what the lesson says of it. */
const way = steps.filter(({ number }) => number <= 7).flatMap(checkpointsOf)

function checkpointsOf(step: Step): Found[] {
  const all = taskNames(step).length
  let last = 0
  return (readLesson(step)?.parts ?? []).flatMap((part) => {
    if (part.is !== 'checkpoint') return []
    last = part.tasks === 'all' ? all : Math.max(last, ...part.tasks)
    const tasks = Array.from({ length: last }, (_, index) => index + 1)
    return [{ step, checkpoint: part.number, tasks, isDone: last === all }]
  })
}

/** What has happened to somebody, in the board's terms. */
interface Happened {
  step?: number
  tasks: Record<number, number>
  done: number[]
  wantsHelp: boolean
}

const nobody = (): Happened => ({ tasks: {}, done: [], wantsHelp: false })

function happens(to: Happened, { step: { number }, tasks, isDone }: Found): void {
  to.step = number
  if (tasks.length > 0) to.tasks[number] = Math.max(to.tasks[number] ?? 0, tasks.length)
  if (isDone && !to.done.includes(number)) to.done.push(number)
  if (isDone) to.wantsHelp = false
}

interface Learner {
  name: string
  happened: Happened
  /** what they do, from one check to the next */
  checks: (() => Promise<unknown>)[]
  /** tells the room all of it, once the network is good again */
  tellAll: () => Promise<void>
}

/** Checks that start programs and a browser, one after the other: five laptops are one here. */
const inTurn = (() => {
  let turn: Promise<unknown> = Promise.resolve()
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = turn.then(work)
    turn = mine.catch(() => {}) // Who checks hears of it.
    return mine
  }
})()

/** One of the five: types `npm run join` and `npm run check` in a copy of the project. */
async function typist(name: string, door: string, code: string, places: Found[]): Promise<Learner> {
  const folder = await projectCopy()
  const happened = nobody()
  const [exitCode, output] = await type(folder, `join ${door} ${code} ${name}`).end()
  expect([exitCode, output]).toEqual([0, expect.stringContaining(`You have joined the room as ${name}.`)])
  let isUntold = false
  const checks = places.map(({ step, checkpoint }) => async () => {
    await begin(step, { folder, at: checkpoint })
    const [failed, words] = await inTurn(() => type(folder, 'check').end())
    isUntold = words.includes('The room does not answer just now')
    // What has happened is what their terminal says.
    const [, wrong] = /task (\d+) of \d+/.exec(words) ?? []
    const isDone = words.includes('DONE')
    expect({ failed, says: isDone || wrong !== undefined, words }).toMatchObject({
      failed: isDone ? 0 : 1,
      says: true,
    })
    const passed = wrong === undefined ? taskNames(step).length : Number(wrong) - 1
    happens(happened, {
      step,
      checkpoint,
      isDone,
      tasks: Array.from({ length: passed }, (_, task) => task + 1),
    })
  })
  /** Who was told that the room was away types something else; Ann wants help in any case. */
  const tellAll = async () => {
    if (!isUntold && name !== 'Ann') return
    happened.wantsHelp = true
    expect(await type(folder, 'help-me').end()).toEqual([0, expect.stringContaining('Your red note is up')])
  }
  return { name, happened, checks, tellAll }
}

/**
 * One of the others: their folder, progress and reports are a learner's, and their checks have been run before.
 *
 * @param stays connected the whole time, as a classroom is; if not, each check calls the room, as a terminal does
 */
async function reader(
  name: string,
  door: string,
  code: string,
  stays: boolean,
  random: Chance,
): Promise<Learner> {
  const folder = await temporaryFolder()
  const file = join(folder, '.workshop.json.room')
  await mkdir(join(folder, 'work'))
  const happened = nobody()
  const seat = await takeSeat(callRoom({ url: door, code }), name)
  writeMembership({ url: door, code, ...seat, printed: 0, dismissed: 0, passed: {} }, file)
  const call = () => callRoom({ url: door, code, token: seat.token })
  const classroom = stays ? call() : undefined
  onTestFinished(() => void classroom?.disconnect())
  classroom?.on('connect', () => void tell(classroom))

  /** @returns whether the room has heard it */
  async function tell(socket: RoomSocket): Promise<boolean> {
    const member = readMembership(file)
    if (!member || !socket.connected) return false // A command does not wait for a room: the next one tells it.
    try {
      const told = await socket.timeout(answerMs).emitWithAck('report', await reportOf(member, 0, { folder }))
      return told.ok
    } catch {
      return false // cut off on the way up, or on the way down
    }
  }

  async function visit(): Promise<boolean> {
    const socket = classroom ?? call()
    if (!socket.connected && !classroom) await connectedOrNot(socket)
    const isTold = await tell(socket)
    if (!classroom) socket.disconnect()
    return isTold
  }

  const checks = way.slice(0, random.number(1, way.length)).map((found) => async () => {
    const { step, tasks, isDone } = found
    happens(happened, found)
    await setWorkStep(step, { folder })
    if (isDone) await markPassed(step, folder)
    const names = taskNames(step)
    recordCheck(
      step,
      tasks.map((task) => names[task - 1] ?? ''),
      isDone,
      file,
    )
    await visit()
  })
  const tellAll = () => expect.poll(visit, { timeout: 60_000 }).toBe(true)
  return { name, happened, checks, tellAll: async () => void (await tellAll()) }
}

async function takeSeat(socket: RoomSocket, name: string): Promise<{ token: string; name: string }> {
  const answer: Answer<{ token: string; name: string }> = await socket.emitWithAck('join', { name })
  socket.disconnect()
  if (!answer.ok) throw new Error(answer.error)
  return { token: answer.token, name: answer.name }
}

/** Whichever comes first: a command is over as soon as it knows. */
function connectedOrNot(socket: RoomSocket): Promise<unknown> {
  const heard = socket as unknown as NodeJS.EventEmitter
  return Promise.race([once(heard, 'connect'), once(heard, 'connect_error')]).catch(() => undefined)
}

/** Whom the board shows, in the same terms. */
function onBoard({ people }: BoardState): Map<string, Happened> {
  return new Map(
    people.map(({ name, step, tasks, done, helpAt }) => [
      name,
      {
        step,
        tasks: Object.fromEntries(Object.entries(tasks).filter(([, count]) => count > 0)),
        done: Object.keys(done).map(Number),
        wantsHelp: helpAt !== undefined,
      },
    ]),
  )
}

/** What the board says though it has not happened. */
function invented(state: BoardState, learners: readonly Learner[]): string[] {
  const shown = onBoard(state)
  return learners.flatMap(({ name, happened }) => {
    const { tasks, done } = shown.get(name) ?? nobody()
    const more = Object.entries(tasks).filter(([step, count]) => count > (happened.tasks[Number(step)] ?? 0))
    const early = done.filter((step) => !happened.done.includes(step))
    return [
      ...more.map(([step]) => `${name}: tasks of ${step}`),
      ...early.map((step) => `${name}: step ${step}`),
    ]
  })
}

/** Cuts and delays, each after so many checks of the whole class. */
function weather(
  wire: Wire,
  checks: number,
  random: Chance,
): { checked: () => void; over: () => Promise<void> } {
  const moments = Array.from({ length: cuts }, () => random.number(0, checks - 1))
  const going: Promise<void>[] = []
  let count = 0
  return {
    checked() {
      for (const moment of moments.filter((one) => one === count)) {
        wire.setFaults({ delayMs: random.number(0, 60) })
        going.push(wire.cut(moment % 2 === 0 ? 0 : 0.3))
      }
      count += 1
    },
    async over() {
      await Promise.all(going)
      wire.setFaults({})
    },
  }
}

test(
  `a class of ${recorded + 5} goes through part one in a bad network: the board equals what happened, to the task`,
  async () => {
    const random = chance(1)
    const open = await room()
    const wire = await openWire({ to: open.door })
    onTestFinished(() => wire.close())

    /** Ann has done step 1, Ben and Cleo are in it, Dora in step 2, Emil in step 3: where a check is soon over. */
    const ofStep = (number: number) => way.filter(({ step }) => step.number === number)
    const places = [ofStep(1).at(-1), ofStep(1)[0], ofStep(1)[1], ofStep(2)[0], ofStep(3)[0]]
    const names = ['Ann', 'Ben', 'Cleo', 'Dora', 'Emil']
    const readers = await Promise.all(
      Array.from({ length: recorded }, (_, n) =>
        reader(`person ${n}`, wire.url, open.code, n % 2 === 0, random),
      ),
    )
    const typists = await Promise.all(
      names.map((name, n) => {
        const place = places[n]
        return typist(name, wire.url, open.code, isLarge || !place ? way : [place])
      }),
    )
    const learners = [...readers, ...typists]

    const board = io(open.url, { transports: ['websocket'] })
    onTestFinished(() => void board.disconnect())
    let latest: BoardState | undefined
    const wrong: string[] = []
    board.on('state', (state: BoardState) => {
      latest = state
      wrong.push(...invented(state, readers))
    })

    const sky = weather(
      wire,
      learners.reduce((sum, { checks }) => sum + checks.length, 0),
      random,
    )
    await Promise.all(
      learners.map(async ({ checks }) => {
        for (const check of checks) {
          await check()
          sky.checked()
        }
      }),
    )
    await sky.over()
    await Promise.all(learners.map(({ tellAll }) => tellAll()))

    const expected = new Map(learners.map(({ name, happened }) => [name, happened]))
    await expect.poll(() => latest && onBoard(latest), { timeout: 30_000 }).toEqual(expected)
    expect(wrong).toEqual([])
    expect(expected.get('Ann')).toMatchObject({ wantsHelp: true })
    const { bytesUp, bytesDown } = wire.totals().all
    console.log(
      `${learners.length} learners: ${Math.round((bytesUp + bytesDown) / learners.length)} bytes each`,
    )
  },
  isLarge ? 3_600_000 : 600_000,
)
