/** What a check has said so far. */
export interface CheckResult {
  readonly tasks: readonly CheckTask[]
  /** the last one counts: a step may be done, and an earlier one broken by it */
  readonly verdict?: Verdict
  /** its lines without those of the tasks, and without the verdict */
  readonly lines: readonly string[]
}

export interface CheckTask {
  readonly name: string
  readonly state: 'waiting' | 'passed' | 'failed' | 'skipped'
}

export interface Verdict {
  /** whose tasks they are */
  readonly step: number
  /** `DONE`, `NOT YET` */
  readonly word: string
  /** `Task 3 of 8`, `8 of 8 tasks`; '' when the program did not start */
  readonly what: string
  /** the name of the task that failed; undefined when none did */
  readonly task?: string
  readonly isGood: boolean
}

const states = { '✓': 'passed', '✗': 'failed', '·': 'skipped' } as const

/**
 * Reads what `npm run check N -- --each` prints.
 *
 * @param printed its lines so far
 * @param names the names of all its tasks, as far as they are known beforehand
 */
export function readCheck(printed: readonly string[], names: readonly string[]): CheckResult {
  const ended = new Map<string, CheckTask['state']>()
  const lines: string[] = []
  let verdict: Verdict | undefined
  let headline: string | undefined
  for (const line of printed) {
    const [, sign, rest = ''] = /^([✓✗·]) (.+)$/.exec(line) ?? []
    if (sign === '✓' || sign === '✗' || sign === '·') {
      const name = names.find((one) => rest === one || rest.startsWith(`${one} (`)) ?? rest
      ended.set(name, states[sign])
      continue
    }
    lines.push(line)
    const found = readVerdict(line)
    if (!found) continue
    verdict = found
    headline = line
  }
  const all = [...new Set([...names, ...ended.keys()])]
  return {
    tasks: all.map((name) => ({ name, state: ended.get(name) ?? 'waiting' })),
    verdict,
    lines: lines.filter((line) => line !== headline),
  }
}

function readVerdict(line: string): Verdict | undefined {
  const [, number, left = '', word = ''] =
    /^Step (\d+) · (.+?) {2,}(DONE|SO FAR SO GOOD|NOT YET|YOUR SERVER DID NOT START)$/.exec(line) ?? []
  if (!number) return undefined
  const step = Number(number)
  const isGood = word === 'DONE' || word === 'SO FAR SO GOOD'
  const [, at, of, task] = /· task (\d+) of (\d+): (.+)$/.exec(left) ?? []
  if (task) return { step, word, what: `Task ${at} of ${of}`, task, isGood }
  const [, passed = ''] = /(\d+ of \d+ tasks) in \S+$/.exec(left) ?? []
  return { step, word, what: passed, isGood }
}
