import type { Plan } from './plan.ts'
import { openTrial, type Trial, type TrialOptions } from './trial.ts'
import { collectRows, type Condition, type RowCollector } from './result-rows.ts'
import type { Row } from './result.ts'
import { intervalOf } from './transports.ts'

export interface RunOptions extends Omit<TrialOptions, 'transport'> {
  /** @param done 0 to 1 */
  onProgress: (done: number, what: string) => void
  signal: AbortSignal
  /** opens each transport's trial; a test has trials without processes */
  open?: (options: TrialOptions) => Promise<Trial>
}

/** What all parts of a run share. */
interface Run {
  plan: Plan
  trials: Trial[]
  rows: RowCollector
  progress: Progress
}

/**
 * Measures what a plan says.
 *
 * @returns what there is, also when the signal has ended it early
 */
export async function runPlan(plan: Plan, options: RunOptions): Promise<Row[]> {
  const { signal, onProgress, open = openTrial, ...trialOptions } = options
  const run: Run = { plan, trials: [], rows: collectRows(), progress: progressOf(plan, onProgress) }
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

  async function measure() {
    run.progress.next('the programs start', startSeconds)
    run.trials.push(...(await openAll(plan, (transport) => open({ ...trialOptions, transport }))))
    await measureSilence(run)
    await countMessages(run)
    for (const condition of plan.alone) await measureTalks(run, groupsOf(run.trials), condition)
    for (const condition of plan.together) await measureTalks(run, [run.trials], condition)
  }

  const measuring = measure()
  try {
    await Promise.race([measuring, aborted])
  } finally {
    // After an abort the parts that were under way break off, as they are meant to.
    if (signal.aborted) measuring.catch(() => {})
    await Promise.all(run.trials.map((trial) => trial.close()))
  }
  return run.rows.rows()
}

/** All at once; when one cannot be opened, the others are closed again. */
async function openAll(
  { transports }: Plan,
  open: (transport: Plan['transports'][number]) => Promise<Trial>,
): Promise<Trial[]> {
  const opened = await Promise.allSettled(transports.map(open))
  const failed = opened.find(({ status }) => status === 'rejected')
  const trials = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  if (failed?.status !== 'rejected') return trials
  await Promise.all(trials.map((trial) => trial.close()))
  throw failed.reason
}

/** All are here, and nobody says anything. Measured in all trials at once: silence needs no processor. */
async function measureSilence({ plan, trials, rows, progress }: Run) {
  const { idleSeconds, sizes } = plan
  if (idleSeconds === 0) return
  const condition = { guests: sizes[0] ?? 2, roundTripMs: 0, messagesPerSecond: 0 }
  progress.next(`${idleSeconds} s of silence, in all rooms at once`, idleSeconds)
  await Promise.all(trials.map((trial) => trial.enter(condition.guests)))
  await Promise.all(
    trials.map(async (trial) => rows.add('idle', trial.transport, condition, await trial.idle(idleSeconds))),
  )
  await Promise.all(trials.map((trial) => trial.leave()))
}

/** Bytes and requests do not depend on the processor: counted in all trials at once. */
async function countMessages({ plan, trials, rows, progress }: Run) {
  const { sizes, rounds, lockstepMessages, burstMessages } = plan
  const counted = trials.filter(({ transport }) => intervalOf(transport) === undefined)
  for (const guests of sizes) {
    const condition = { guests, roundTripMs: 0, messagesPerSecond: 0 }
    progress.next(`${guests} guests, one message at a time`, countSeconds)
    await Promise.all(
      counted.map(async (trial) => {
        const { transport } = trial
        await trial.enter(guests)
        for (let round = 1; round <= rounds; round++) {
          rows.add('lockstep', transport, condition, await trial.lockstep(lockstepMessages, round))
          rows.add('burst', transport, condition, await trial.burst(burstMessages, round))
        }
        await trial.leave()
      }),
    )
  }
}

/** One group after the other, the trials of a group at once; each round begins with another group. */
async function measureTalks(run: Run, groups: Trial[][], condition: Condition) {
  const { plan, progress } = run
  const { guests, roundTripMs, messagesPerSecond } = condition
  for (let round = 0; round < plan.rounds; round++) {
    for (let turn = 0; turn < groups.length; turn++) {
      const group = groups[(round + turn) % groups.length] ?? []
      const names =
        groups.length === 1 ? 'all transports' : group.map(({ transport }) => transport).join(', ')
      progress.next(
        `round ${round + 1} of ${plan.rounds}: ${names}, ${guests} guests, ${messagesPerSecond} messages/s, ${roundTripMs} ms away`,
        secondsOf(plan, condition),
      )
      await Promise.all(group.map((trial) => measureTalk(run, trial, condition, round + 1)))
    }
  }
}

async function measureTalk({ plan, rows }: Run, trial: Trial, condition: Condition, seed: number) {
  const { transport } = trial
  const { guests, roundTripMs, messagesPerSecond } = condition
  const silent = { guests, roundTripMs, messagesPerSecond: 0 }
  const intervalMs = intervalOf(transport)
  // Who asks by the clock is counted twice as long: few questions are a coarse measure.
  const windowMs = plan.windowMs * (intervalMs && roundTripMs === 0 ? 2 : 1)
  // What was said up to an interval ago comes with the first answers of the window.
  const leadMs = plan.leadMs + (intervalMs ?? 0) + roundTripMs
  trial.setRoundTrip(roundTripMs)
  rows.add('connect', transport, silent, await trial.enter(guests))
  rows.add('talk', transport, condition, await trial.talk({ windowMs, leadMs, messagesPerSecond }, seed))
  rows.add('close', transport, silent, await trial.leave())
  trial.setRoundTrip(0)
}

/** Those who ask by the clock share a turn: they hardly need the processor. */
function groupsOf(trials: Trial[]): Trial[][] {
  const clocked = trials.filter(({ transport }) => intervalOf(transport) !== undefined)
  const others = trials.filter((trial) => !clocked.includes(trial)).map((trial) => [trial])
  return clocked.length > 0 ? [...others, clocked] : others
}

type Progress = ReturnType<typeof progressOf>

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
