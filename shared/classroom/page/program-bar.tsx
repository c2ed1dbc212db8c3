import type { Course, Status } from '../protocol.ts'
import { ActionButton } from './action-button.tsx'
import type { Act } from './server-state.ts'

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
  const { running, work } = course
  const isFinished = !running.own && running.step === step
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
      {work !== undefined && !running.own && (
        <ActionButton
          command="npm run work"
          label="Run mine"
          onClick={() => act('run', { step: work, own: true })}
        />
      )}
      {!isFinished && (
        <ActionButton
          command={`npm run step ${step}`}
          label={`Run the finished ${step}`}
          onClick={() => act('run', { step, own: false })}
        />
      )}
    </div>
  )
}
