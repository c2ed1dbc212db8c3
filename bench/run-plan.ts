import type { Plan } from './plan.ts'
import { openRoom, type Room, type RoomOptions } from './trial.ts'
import { type Condition, keepRows } from './result-rows.ts'
import type { Row } from './result.ts'
import { intervalOf } from './transports.ts'

export interface RunOptions extends Omit<RoomOptions, 'transport'> {
  /** @param done 0 to 1 */
  onProgress: (done: number, what: string) => void
  signal: AbortSignal
}

/**
 * Measures what a plan says.
 *
 * @returns what there is, also when the signal has ended it early
 */
export async function runPlan(plan: Plan, options: RunOptions): Promise<Row[]> {
  const { signal, onProgress, ...roomOptions } = options
  const keeper = keepRows()
  const rooms: Room[] = []
  const progress = progressOf(plan, onProgress)
  const aborted = new Promise<'aborted'>((resolve) => {
    signal.addEventListener('abort', () => resolve('aborted'), { once: true })
  })

  async function measure() {
    progress.next('the programs start', startSeconds)
    rooms.push(...(await openAll(plan, roomOptions)))
    await quiet(plan, rooms, keeper, progress)
    await counted(plan, rooms, keeper, progress)
    for (const condition of plan.alone) await talks(plan, groupsOf(rooms), condition, keeper, progress)
    for (const condition of plan.together) await talks(plan, [rooms], condition, keeper, progress)
  }

  const measuring = measure()
  try {
    await Promise.race([measuring, aborted])
  } finally {
    // After an abort the parts that were under way break off, as they are meant to.
    if (signal.aborted) measuring.catch(() => {})
    await Promise.all(rooms.map((room) => room.close()))
  }
  return keeper.rows()
}

type Keeper = ReturnType<typeof keepRows>
type Progress = ReturnType<typeof progressOf>

async function openAll(plan: Plan, options: Omit<RoomOptions, 'transport'>): Promise<Room[]> {
  const opened = await Promise.allSettled(
    plan.transports.map((transport) => openRoom({ ...options, transport })),
  )
  const failed = opened.find(({ status }) => status === 'rejected')
  const rooms = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  if (failed?.status !== 'rejected') return rooms
  await Promise.all(rooms.map((room) => room.close()))
  throw failed.reason
}

/** All are here, and nobody says anything. Counted in all rooms at once: a quiet room needs no processor. */
async function quiet(plan: Plan, rooms: Room[], keeper: Keeper, progress: Progress) {
  if (plan.idleSeconds === 0) return
  const condition = { guests: plan.sizes[0] ?? 2, roundTripMs: 0, messagesPerSecond: 0 }
  progress.next(`${plan.idleSeconds} s of silence, in all rooms at once`, plan.idleSeconds)
  await Promise.all(rooms.map((room) => room.enter(condition.guests)))
  await Promise.all(
    rooms.map(async (room) =>
      keeper.add('idle', room.transport, condition, await room.idle(plan.idleSeconds)),
    ),
  )
  await Promise.all(rooms.map((room) => room.leave()))
}

/** Bytes and requests do not hang on the processor: counted in all rooms at once. */
async function counted(plan: Plan, rooms: Room[], keeper: Keeper, progress: Progress) {
  const heard = rooms.filter(({ transport }) => intervalOf(transport) === undefined)
  for (const guests of plan.sizes) {
    const condition = { guests, roundTripMs: 0, messagesPerSecond: 0 }
    progress.next(`${guests} guests, one message at a time`, countSeconds)
    await Promise.all(
      heard.map(async (room) => {
        const { transport } = room
        await room.enter(guests)
        for (let round = 1; round <= plan.rounds; round++) {
          const lockstep = await room.lockstep(plan.lockstepMessages, round)
          keeper.add('lockstep', transport, condition, lockstep)
          const burst = await room.burst(plan.burstMessages, round)
          keeper.add('burst', transport, condition, burst)
        }
        await room.leave()
      }),
    )
  }
}

/** Each group by itself, its rooms at once, and each round begins with another group. */
async function talks(plan: Plan, groups: Room[][], condition: Condition, keeper: Keeper, progress: Progress) {
  const { windowMs, leadMs, rounds } = plan
  const { guests, roundTripMs, messagesPerSecond } = condition
  const silent = { guests, roundTripMs, messagesPerSecond: 0 }
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < groups.length; turn++) {
      const group = groups[(round + turn) % groups.length] ?? []
      const names =
        groups.length === 1 ? 'all transports' : group.map(({ transport }) => transport).join(', ')
      progress.next(
        `round ${round + 1} of ${rounds}: ${names}, ${guests} guests, ${messagesPerSecond} messages/s, ${roundTripMs} ms away`,
        secondsOf(plan, condition),
      )
      await Promise.all(
        group.map(async (room) => {
          const { transport } = room
          room.setRoundTrip(roundTripMs)
          keeper.add('connect', transport, silent, await room.enter(guests))
          // Who asks by the clock is counted twice as long: few questions are a coarse measure.
          const stretch = intervalOf(transport) && roundTripMs === 0 ? 2 : 1
          // What was said up to an interval ago comes with the first answers of the window.
          const lead = leadMs + (intervalOf(transport) ?? 0) + roundTripMs
          const talk = { windowMs: windowMs * stretch, leadMs: lead, messagesPerSecond }
          keeper.add('talk', transport, condition, await room.talk(talk, round + 1))
          keeper.add('close', transport, silent, await room.leave())
          room.setRoundTrip(0)
        }),
      )
    }
  }
}

/** Those who ask by the clock share a turn: they hardly need the processor. */
function groupsOf(rooms: Room[]): Room[][] {
  const clocked = rooms.filter(({ transport }) => intervalOf(transport) !== undefined)
  const others = rooms.filter((room) => !clocked.includes(room)).map((room) => [room])
  return clocked.length > 0 ? [...others, clocked] : others
}

/** How far it is, by how long each part takes on an ordinary laptop. */
function progressOf(plan: Plan, onProgress: RunOptions['onProgress']) {
  const clocked = plan.transports.filter((transport) => intervalOf(transport) !== undefined)
  const groups = plan.transports.length - clocked.length + Math.min(1, clocked.length)
  const turns = [
    ...plan.alone.map((condition) => groups * secondsOf(plan, condition)),
    ...plan.together.map((condition) => secondsOf(plan, condition)),
  ]
  const whole =
    startSeconds +
    plan.idleSeconds +
    plan.sizes.length * countSeconds +
    plan.rounds * turns.reduce((sum, seconds) => sum + seconds, 0)
  let begun = 0
  return {
    /** @param seconds how long the part takes that begins now */
    next(what: string, seconds: number) {
      onProgress(begun / whole, what)
      begun += seconds
    },
  }
}

const startSeconds = 3
const countSeconds = 3

function secondsOf({ windowMs, leadMs }: Plan, { roundTripMs }: Condition): number {
  return (windowMs + leadMs + 12 * roundTripMs) / 1_000 + 1
}
