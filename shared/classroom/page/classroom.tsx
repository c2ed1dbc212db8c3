import { useState } from 'preact/hooks'
import type { Course, Status } from '../protocol.ts'
import { ChatWindows } from './chat-windows.tsx'
import { CommandDesk } from './command-desk.tsx'
import { Lesson } from './lesson.tsx'
import { ProgramBar } from './program-bar.tsx'
import { act, type Act } from './server-state.ts'
import { StepPicker } from './step-picker.tsx'
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
