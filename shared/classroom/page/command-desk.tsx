import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Course } from '../protocol.ts'
import { ActionButton } from './action-button.tsx'
import { CheckTasks, CheckVerdict } from './check-verdict.tsx'
import { readCheck } from './check-result.ts'
import type { Crash } from './crash-card.tsx'
import { type Act, lastCheck, lastCommand, programLines } from './server-state.ts'

interface CommandDeskProps {
  course: Course
  /** whose lesson is open */
  step: number
  act: Act
  /** why the last click did nothing */
  problem?: string
  crash?: Crash
}

/** The commands, the one to do next first, and what they print. */
export function CommandDesk({ course, step, act, problem, crash }: CommandDeskProps) {
  const { busy } = course
  const [tab, setTab] = useState<'command' | 'program'>('command')
  const [isLarge, setLarge] = useState(false)
  const last = lastCommand.value
  const error = crash && `${crash.what}: ${crash.error}`
  useEffect(() => {
    if (busy || last) setTab('command')
  }, [busy, last?.command])
  useEffect(() => {
    if (error) setTab('program')
  }, [error])
  useEffect(() => {
    if (last?.exitCode !== undefined) setLarge(isWorthReading(last.command, last.exitCode))
  }, [last?.command, last?.exitCode])

  return (
    <section class="desk" aria-label="Commands" data-large={isLarge}>
      <Buttons course={course} step={step} act={act} />
      <div class="tabs" role="group" aria-label="Whose words">
        <button aria-pressed={tab === 'command'} onClick={() => setTab('command')}>
          {last?.command ?? 'commands'}
        </button>
        <button aria-pressed={tab === 'program'} onClick={() => setTab('program')}>
          your server says
        </button>
        <button class="size" aria-pressed={isLarge} onClick={() => setLarge(!isLarge)}>
          large
        </button>
      </div>
      {problem && <p role="alert">{problem}</p>}
      {tab === 'command' ? (
        <CommandOutput course={course} />
      ) : (
        <Output label="What your server says" of={programLines.value.length}>
          <Lines lines={programLines.value} />
          {error && <pre class="lines bad">{error}</pre>}
        </Output>
      )}
    </section>
  )
}

/** What is longer than a few lines: why a check failed, and what is to change. */
function isWorthReading(command: string, exitCode: number): boolean {
  return /^npm run (check|next)\b/.test(command) ? exitCode !== 0 : command.startsWith('npm run diff')
}

function Buttons({ course, step, act }: Pick<CommandDeskProps, 'course' | 'step' | 'act'>) {
  const { busy, work } = course
  const body = { step }
  const next = stageOf(course, step)
  const isHere = work === step
  const buttons = [
    { stage: 'check', label: 'Check', command: `npm run check ${step}`, onClick: () => act('check', body) },
    { stage: 'hint', label: 'Hint', command: `npm run hint ${step}`, onClick: () => act('hint', body) },
    { stage: 'diff', label: 'Diff', command: `npm run diff ${step}`, onClick: () => act('diff', body) },
    {
      stage: 'next',
      label: 'Next',
      command: 'npm run next',
      onClick: () => act('next', {}),
      isHidden: !isHere,
    },
    {
      stage: 'begin',
      label: isHere ? 'Start over' : `Begin step ${step}`,
      command: `npm run work ${step}`,
      onClick: () => act('begin', body),
    },
  ]
  const shown = buttons.filter(({ isHidden }) => !isHidden)
  const place = useRef<HTMLDivElement>(null)
  const hasFocus = place.current?.contains(document.activeElement)
  useLayoutEffect(() => {
    // Or Enter, pressed once more after "Begin", would start over.
    if (hasFocus) place.current?.querySelector<HTMLElement>('.primary')?.focus({ preventScroll: true })
  }, [next])
  return (
    <div class="actions" id="commands" ref={place}>
      {shown
        .toSorted((a, b) => Number(b.stage === next) - Number(a.stage === next))
        .map(({ stage, label, command, onClick }) => (
          <ActionButton
            key={stage}
            label={label}
            command={command}
            onClick={onClick}
            isPrimary={stage === next}
            disabled={busy !== undefined}
          />
        ))}
    </div>
  )
}

/** What comes next for whoever reads a step's lesson. */
function stageOf({ work, steps }: Course, step: number): 'begin' | 'check' | 'next' {
  if (work !== step) return 'begin'
  const checked = lastCheck.value?.step === step ? lastCheck.value.isDone : undefined
  const passed = steps.find(({ number }) => number === step)?.passed
  return (checked ?? passed) ? 'next' : 'check'
}

/** The verdict of a check, its tasks, and what a command prints. */
function CommandOutput({ course: { busy, open, tasks } }: { course: Course }) {
  const last = lastCommand.value
  const isRunning = busy !== undefined
  const lines = last?.lines ?? ['What a button does, its command does too, in a terminal of your own.']
  const [, checks] = /^npm run check (\d+)$/.exec(last?.command ?? '') ?? []
  const isNext = last?.command === 'npm run next'
  if (!checks && !isNext) {
    return (
      <>
        {isRunning && <CheckVerdict busy={busy} />}
        <Output label="What the command says" of={lines.length} isAtEnd={isRunning}>
          <Lines lines={lines} />
        </Output>
      </>
    )
  }
  const result = readCheck(lines, Number(checks) === open ? tasks : [])
  return (
    <>
      <CheckVerdict
        busy={busy}
        verdict={result.verdict}
        step={Number(checks) || undefined}
        hasFailed={last?.exitCode !== 0}
      />
      <Output label="What the command says" of={lines.length} isAtEnd={isRunning}>
        {!isRunning && <Lines lines={result.lines} />}
        <CheckTasks tasks={result.tasks} isRunning={isRunning} />
        {isRunning && <Lines lines={result.lines} />}
      </Output>
    </>
  )
}

interface OutputProps {
  label: string
  /** how many lines it has: when they change, it scrolls */
  of: number
  /** whether its end is in sight then; otherwise its top. A task that is being checked comes first */
  isAtEnd?: boolean
  children: ComponentChildren
}

/** Where words appear. */
function Output({ label, of, isAtEnd = true, children }: OutputProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { current } = box
    if (!current) return
    const now = current.querySelector<HTMLElement>('[data-now]')
    if (now) current.scrollTo(0, now.offsetTop - current.offsetTop - current.clientHeight / 2)
    else current.scrollTo(0, isAtEnd ? current.scrollHeight : 0)
  }, [of, isAtEnd])
  return (
    <div class="output" ref={box} tabindex={0} role="log" aria-label={label}>
      {children}
    </div>
  )
}

/** Lines as a terminal shows them. */
function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <pre class="lines">
      {lines.map((line, index) => (
        <span key={index} class={colourOf(line)}>
          {line}
          {'\n'}
        </span>
      ))}
    </pre>
  )
}

/** @returns a class of the style sheet */
function colourOf(line: string): string | undefined {
  if (/^(✓|\+(?!\+\+ ))|(DONE|SO FAR SO GOOD)$/.test(line)) return 'good'
  if (/^(✗|-(?!-- ))|(NOT YET|DID NOT START)$/.test(line)) return 'bad'
  if (/^(@@|\+\+\+|---)/.test(line)) return 'place'
  if (/^(Look at|Next|Expected)\b/.test(line)) return 'advice'
  return undefined
}
