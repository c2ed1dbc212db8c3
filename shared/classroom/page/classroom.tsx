import { useState } from 'preact/hooks'
import type { Course, Status } from '../protocol.ts'
import { ChatWindows } from './chat-windows.tsx'
import { CommandDesk } from './command-desk.tsx'
import { CrashLine, useCrash } from './crash-card.tsx'
import { Lesson } from './lesson.tsx'
import { PaneBar } from './pane-bar.tsx'
import { ProgramBar } from './program-bar.tsx'
import { ProjectorMode } from './projector-mode.tsx'
import { RoomMenu, RoomStrip } from './room-seat.tsx'
import { act, type Act } from './server-state.ts'
import { SkipLinks } from './skip-links.tsx'
import { StepMap } from './step-map.tsx'
import { WhichProgram } from './which-program.tsx'
import { WirePanel } from './wire-panel.tsx'

const views = ['Lesson', 'Chat', 'Wire'] as const

/** Steps and lesson on the left, the program in two windows and the wire on the right; on a phone one of them at a time. */
export function Classroom({ now, course }: { now: Status; course: Course }) {
  const [view, setView] = useState<(typeof views)[number]>('Lesson')
  const [problem, setProblem] = useState<string>()
  const crash = useCrash(now.program)
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
      <SkipLinks show={setView} />
      <header class="bar">
        <h1>On the Wire</h1>
        <StepMap course={course} open={open} />
        <div class="views" role="group" aria-label="What is shown">
          {views.map((name) => (
            <button key={name} aria-pressed={name === view} onClick={() => setView(name)}>
              {name}
            </button>
          ))}
        </div>
        <ProgramBar now={now} course={course} step={step.number} act={actAndShow} />
        <RoomMenu seat={now.room} act={act} />
        <ProjectorMode />
        {crash && view !== 'Chat' && <CrashLine crash={crash} onShow={() => setView('Chat')} />}
      </header>
      <RoomStrip seat={now.room} act={actAndShow} step={step.number} />
      <main>
        <div class="lesson-side">
          <Lesson
            step={step.number}
            passed={course.steps.filter(({ passed }) => passed).length}
            open={open}
          />
          <PaneBar name="--pane-desk" is="horizontal" label="Lesson and commands" sizesNext initial={38} />
          <CommandDesk course={course} step={step.number} act={actAndShow} problem={problem} crash={crash} />
        </div>
        <PaneBar name="--pane-lesson" is="vertical" label="Lesson and program" initial={38} />
        <div class="program-side">
          <WhichProgram course={course} step={step.number} act={actAndShow} />
          <ChatWindows now={now} withAccounts={course.withAccounts} crash={crash} />
          <PaneBar name="--pane-windows" is="horizontal" label="Windows and wire" initial={42} />
          <div class="wire-place" id="wire">
            <WirePanel now={now} />
          </div>
        </div>
      </main>
    </div>
  )
}
