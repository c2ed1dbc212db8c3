import type { Course, Status } from '../protocol.ts'
import type { Act } from './server-state.ts'
import { RunButtons } from './which-program.tsx'

interface ProgramBarProps {
  now: Status
  course: Course
  /** whose lesson is open */
  step: number
  act: Act
}

const describeState = { running: 'runs', starting: 'is starting…', down: 'is down', refused: 'is down' }

/** Which program stands behind the windows, how it is, and the other one that could. */
export function ProgramBar({ now, course, step, act }: ProgramBarProps) {
  const { program, place, shared } = now
  return (
    <div class="running">
      {shared && (
        <details class="shared">
          <summary>
            Open to others: <a href={shared.url}>{shared.url}</a>
          </summary>
          <img src={shared.picture} alt={`QR code of ${shared.url}`} />
        </details>
      )}
      <p data-is={program?.is} role="status">
        <b>{place}</b> {describeState[program?.is ?? 'down']}
      </p>
      {course.running.step === step && <RunButtons course={course} step={step} act={act} />}
    </div>
  )
}
