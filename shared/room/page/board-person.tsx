import { useEffect, useRef, useState } from 'preact/hooks'
import { since } from '../room-figures.ts'
import type { BoardState, Person } from '../room-events.ts'
import { Words } from './board-lists.tsx'
import { ask, called, now, problem, steps } from './board-state.ts'

interface PersonDialogProps {
  person: Person
  /** where the instructor is */
  place: BoardState['place']
  close: () => void
}

/** What can be handed to somebody: a hint, a step, a word. Escape closes it. */
export function PersonDialog({ person, place, close }: PersonDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [sent, setSent] = useState('')
  useEffect(() => dialog.current?.showModal(), [])
  const to = [person.id]
  const step = steps.value.find(({ number }) => number === person.step)
  const done = async (promise: Promise<boolean>, words: string) => setSent((await promise) ? words : '')
  return (
    <dialog ref={dialog} onClose={close} aria-label={called(person)}>
      <h2>{called(person)}</h2>
      <p>
        {step ? `At step ${step.number} · ${step.title}. ` : 'Has not begun. '}
        The last task passed {since(now.value - person.passedAt)}
        {now.value - person.passedAt >= 60_000 && ' ago'}.
        {!person.isHere && ' Not connected: sees it at the next check.'}
      </p>
      <div class="hand">
        {step &&
          Array.from({ length: step.rungs }, (_, index) => (
            <button
              key={index}
              onClick={() =>
                void done(
                  ask('hint', { to, step: step.number, rung: index + 1 }),
                  `Hint ${index + 1} is sent.`,
                )
              }
            >
              Hint {index + 1} of step {step.number}
            </button>
          ))}
        {place && (
          <button onClick={() => void done(ask('take', { to, ...place }), 'The step is sent.')}>
            Step {place.step}
            {place.checkpoint > 0 && `, checkpoint ${place.checkpoint}`}
          </button>
        )}
        {person.helpAt !== undefined && (
          <button onClick={() => void done(ask('helped', { id: person.id }), 'The red note is down.')}>
            Helped
          </button>
        )}
      </div>
      <Words label="A word" to={to} onSent={() => setSent('It is sent.')} />
      <p role="status">{problem.value ?? sent}</p>
      <div class="hand">
        <button onClick={() => dialog.current?.close()}>Close</button>
        <button
          class="quiet"
          onClick={() => void ask('remove', { id: person.id }).then((gone) => gone && close())}
        >
          Take off the board
        </button>
      </div>
    </dialog>
  )
}
