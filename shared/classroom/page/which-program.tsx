import type { Course } from '../protocol.ts'
import { ActionButton } from './action-button.tsx'
import type { Act } from './server-state.ts'

interface ProgramProps {
  course: Course
  /** whose lesson is open */
  step: number
  act: Act
}

/** Above the windows, when they show another step's program than the lesson's. */
export function WhichProgram({ course, step, act }: ProgramProps) {
  const { running } = course
  if (running.step === step) return null
  return (
    <p class="which" role="status">
      <span>
        You are reading step {step}; this is {running.own ? 'your ' : ''}step {running.step} running.
      </span>
      <RunButtons course={course} step={step} act={act} />
    </p>
  )
}

/** Runs the learner's own program, or the finished one of the open lesson, whichever does not run. */
export function RunButtons({ course: { running, work }, step, act }: ProgramProps) {
  return (
    <>
      {work !== undefined && !running.own && (
        <ActionButton
          command="npm run work"
          label="Run mine"
          onClick={() => act('run', { step: work, own: true })}
        />
      )}
      {(running.own || running.step !== step) && (
        <ActionButton
          command={`npm run step ${step}`}
          label={`Run the finished ${step}`}
          onClick={() => act('run', { step, own: false })}
        />
      )}
    </>
  )
}
