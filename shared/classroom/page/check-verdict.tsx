import { useEffect, useState } from 'preact/hooks'
import type { CheckTask, Verdict } from './check-result.ts'

interface CheckVerdictProps {
  /** the command that is at work, `npm run check 4` */
  busy?: string
  verdict?: Verdict
  /** whose check it was */
  step?: number
  /** the command ended, and not well */
  hasFailed?: boolean
}

/** A check's verdict, large; while a command is at work its name, and for how long. */
export function CheckVerdict({ busy, verdict, step, hasFailed = false }: CheckVerdictProps) {
  if (busy) {
    return (
      <p class="verdict" role="status">
        <b>{busy}</b> <Seconds key={busy} />
      </p>
    )
  }
  if (!verdict) return null
  const what = [
    verdict.step !== step && step !== undefined && `Step ${verdict.step}`,
    verdict.what,
    verdict.word,
  ]
  return (
    <p class={`verdict ${verdict.isGood && !hasFailed ? 'good' : 'bad'}`} role="status">
      <b>{what.filter(Boolean).join(' · ')}</b> {verdict.task}
    </p>
  )
}

/** Counts from 0 on; not read aloud. */
function Seconds() {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000)
    return () => clearInterval(timer)
  }, [])
  return <span aria-hidden="true">{seconds} s</span>
}

const signs = { passed: '✓', failed: '✗', skipped: '–', waiting: '·' }
const words = { passed: 'passes', failed: 'not yet', skipped: 'not run', waiting: 'to come' }

/** The tasks of a check as they tick off. */
export function CheckTasks({ tasks, isRunning }: { tasks: readonly CheckTask[]; isRunning: boolean }) {
  const now = isRunning && tasks.find(({ state }) => state === 'waiting')
  if (tasks.length === 0) return null
  return (
    <ol class="tasks">
      {tasks.map((task) => (
        <li key={task.name} data-is={task.state} data-now={task === now ? '' : undefined}>
          <span aria-hidden="true">{signs[task.state]}</span>
          <span class="sr">{words[task.state]}: </span>
          {task.name}
        </li>
      ))}
    </ol>
  )
}
