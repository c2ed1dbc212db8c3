import { useState } from 'preact/hooks'
import type { Course, Status } from '../protocol.ts'
import { ChatWindows } from './chat-windows.tsx'
import { CommandDesk } from './command-desk.tsx'
import { Lesson } from './lesson.tsx'
import { ProgramBar } from './program-bar.tsx'
import { act, type Act } from './server-state.ts'
import { WirePanel } from './wire-panel.tsx'

const views = ['Lesson', 'Chat', 'Wire'] as const

/** Steps and lesson on the left, the program in two windows and the wire on the right; on a phone one of them at a time. */
export function Classroom({ now, course }: { now: Status; course: Course }) {
  const [view, setView] = useState<(typeof views)[number]>('Lesson')
  const [problem, setProblem] = useState<string>()
  const step = course.steps.find(({ number }) => number === course.open) ?? course.steps[0]
  if (!step) return null

  const actAndShow: Act = async (name, body) => {
    setProblem(undefined)
    const found = await act(name, body)
    setProblem(found)
    return found
  }
  const open = (number: number) => actAndShow('open', { step: number })

  return (
    <div class="classroom" data-view={view}>
      <header class="bar">
        <h1>On the Wire</h1>
        <StepPicker course={course} open={open} />
        <div class="views" role="group" aria-label="What is shown">
          {views.map((name) => (
            <button key={name} aria-pressed={name === view} onClick={() => setView(name)}>
              {name}
            </button>
          ))}
        </div>
        <ProgramBar now={now} course={course} step={step.number} act={actAndShow} />
      </header>
      <main>
        <div class="lesson-side">
          <Lesson
            step={step.number}
            passed={course.steps.filter(({ passed }) => passed).length}
            open={open}
          />
          <CommandDesk course={course} step={step.number} act={actAndShow} problem={problem} />
        </div>
        <div class="program-side">
          <ChatWindows now={now} withAccounts={course.withAccounts} />
          <WirePanel now={now} />
        </div>
      </main>
    </div>
  )
}

/** Chooses the step whose lesson is shown. */
function StepPicker({ course, open }: { course: Course; open: (step: number) => void }) {
  const at = course.steps.findIndex(({ number }) => number === course.open)
  const go = (by: number) => {
    const to = course.steps[at + by]
    if (to) open(to.number)
  }
  return (
    <nav class="steps" aria-label="Steps">
      <button onClick={() => go(-1)} disabled={at <= 0} aria-label="The step before">
        ‹
      </button>
      <label>
        <span class="sr">Step</span>
        <select value={course.open} onChange={(event) => open(Number(event.currentTarget.value))}>
          {course.steps.map(({ number, title, minutes, passed }) => (
            <option key={number} value={number}>
              {passed ? '✓' : '\u2007'} {String(number).padStart(2, '0')} · {title} · {minutes} min
              {course.work === number ? ' · work/ is here' : ''}
            </option>
          ))}
        </select>
      </label>
      <button onClick={() => go(1)} disabled={at >= course.steps.length - 1} aria-label="The step after">
        ›
      </button>
    </nav>
  )
}
