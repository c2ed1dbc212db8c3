import { since } from '../room-figures.ts'
import type { BoardState, Person, StepOnBoard } from '../room-events.ts'
import { called, now, steps } from './board-state.ts'

interface RowsProps {
  room: BoardState
  open: (person: Person) => void
}

/** A row a person, a column a step. Rows are as high as there is room for them. */
export function Rows({ room, open }: RowsProps) {
  const { people, place } = room
  return (
    <div class="rows" tabindex={0} role="region" aria-label="Who is where">
      <table style={{ '--rows': people.length + 1 }}>
        <thead>
          <tr>
            <th scope="col">{people.length} joined</th>
            {steps.value.map(({ number, title }) => (
              <th
                key={number}
                scope="col"
                title={title}
                aria-current={place?.step === number ? 'step' : undefined}
              >
                {number}
              </th>
            ))}
            <th scope="col">since</th>
            <th scope="col">note</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id} data-away={!person.isHere}>
              <th scope="row">
                <button onClick={() => open(person)}>{called(person)}</button>
              </th>
              {steps.value.map((step) => (
                <Cell key={step.number} person={person} step={step} />
              ))}
              <Since person={person} />
              <td>{noteOf(person)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ person, step: { number, tasks } }: { person: Person; step: StepOnBoard }) {
  const passed = person.tasks[number] ?? 0
  const isHere = person.step === number
  if (person.done[number] !== undefined) {
    return (
      <td class="done" data-here={isHere}>
        ✓
      </td>
    )
  }
  return <td data-here={isHere}>{passed > 0 || isHere ? `${passed}/${tasks}` : ''}</td>
}

/** How long ago the last task passed; marked when that is longer than the step is to take. */
function Since({ person }: { person: Person }) {
  const ms = now.value - person.passedAt
  const step = steps.value.find(({ number }) => number === person.step)
  const isLong = step !== undefined && ms > step.minutes * 60_000 && person.done[step.number] === undefined
  return <td class={isLong ? 'bad' : undefined}>{since(ms)}</td>
}

function noteOf({ helpAt, isHere, unread, done, step }: Person) {
  if (helpAt !== undefined) return <b class="red">help</b>
  if (step !== undefined && done[step] !== undefined) return <span class="green">done</span>
  if (unread > 0) return <span title="a note that is not read yet">unread</span>
  return isHere ? 'here' : ''
}
