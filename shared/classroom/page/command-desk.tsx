import { useEffect, useRef, useState } from 'preact/hooks'
import type { Course } from '../protocol.ts'
import { ActionButton } from './action-button.tsx'
import { type Act, lastCommand, programLines } from './server-state.ts'

interface CommandDeskProps {
  course: Course
  /** whose lesson is open */
  step: number
  act: Act
  /** why the last click did nothing */
  problem?: string
}

/** The commands, and what they print. */
export function CommandDesk({ course, step, act, problem }: CommandDeskProps) {
  const { busy } = course
  const [tab, setTab] = useState<'command' | 'program'>('command')
  const last = lastCommand.value
  useEffect(() => setTab('command'), [last?.command])

  return (
    <section class="desk" aria-label="Commands">
      <Buttons course={course} step={step} act={act} />
      <div class="tabs" role="group" aria-label="Whose words">
        <button aria-pressed={tab === 'command'} onClick={() => setTab('command')}>
          {last?.command ?? 'commands'}
        </button>
        <button aria-pressed={tab === 'program'} onClick={() => setTab('program')}>
          your server says
        </button>
      </div>
      {problem && <p role="alert">{problem}</p>}
      {tab === 'command' ? (
        <OutputLines
          label="What the command says"
          lines={last?.lines ?? ['What a button does, its command does too, in a terminal of your own.']}
          isAtWork={busy !== undefined}
        />
      ) : (
        <OutputLines label="What your server says" lines={programLines.value} />
      )}
    </section>
  )
}

function Buttons({ course: { busy, work }, step, act }: Pick<CommandDeskProps, 'course' | 'step' | 'act'>) {
  const body = { step }
  const buttons = [
    { label: beginLabel(step, work), command: `npm run work ${step}`, onClick: () => act('begin', body) },
    { label: 'Check', command: `npm run check ${step}`, onClick: () => act('check', body) },
    { label: 'Hint', command: `npm run hint ${step}`, onClick: () => act('hint', body) },
    { label: 'Diff', command: `npm run diff ${step}`, onClick: () => act('diff', body) },
    { label: 'Next', command: 'npm run next', onClick: () => act('next', {}) },
  ]
  return (
    <div class="doings">
      {buttons.map((button) => (
        <ActionButton key={button.command} {...button} disabled={busy !== undefined} />
      ))}
    </div>
  )
}

/** @param work the step that `work/` is on */
function beginLabel(step: number, work: number | undefined): string {
  if (work === undefined) return 'Begin'
  return work === step ? 'Start over' : 'Catch up'
}

interface OutputLinesProps {
  label: string
  lines: readonly string[]
  /** more is to come */
  isAtWork?: boolean
}

/** Lines as a terminal shows them, the last one in sight. */
function OutputLines({ label, lines, isAtWork = false }: OutputLinesProps) {
  const box = useRef<HTMLPreElement>(null)
  useEffect(() => box.current?.scrollTo(0, box.current.scrollHeight), [lines.length])
  return (
    <pre class="lines" ref={box} tabindex={0} role="log" aria-label={label}>
      {lines.map((line, index) => (
        <span key={index} class={colourOf(line)}>
          {line}
          {'\n'}
        </span>
      ))}
      {isAtWork && <span class="at-work">…</span>}
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
