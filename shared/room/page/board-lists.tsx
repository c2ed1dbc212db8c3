import { useState } from 'preact/hooks'
import { askedForHelp, behindPlace, silent, since } from '../room-figures.ts'
import type { BoardState, Person } from '../room-events.ts'
import { ask, called, now } from './board-state.ts'

interface ListProps {
  room: BoardState
  open: (person: Person) => void
}

/** Red notes, the oldest first. */
export function AskedForHelp({ room, open }: ListProps) {
  const asked = askedForHelp(room.people)
  return (
    <section class="help" aria-label="Help">
      <h2>Help {asked.length > 0 && <b class="red">{asked.length}</b>}</h2>
      {asked.length === 0 && <p>Nobody asks for help.</p>}
      <ol>
        {asked.map((person) => (
          <li key={person.id}>
            <button class="link" onClick={() => open(person)}>
              {called(person)}
            </button>{' '}
            {person.step !== undefined && `step ${person.step}, `}
            {since(now.value - (person.helpAt ?? 0))}{' '}
            <button onClick={() => void ask('helped', { id: person.id })}>Helped</button>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Who is at an earlier step than the instructor, with what brings them along. */
export function BehindPlace({ room: { people, place } }: Pick<ListProps, 'room'>) {
  const late = behindPlace(people, place)
  if (!place || late.length === 0) return null
  const { step, checkpoint } = place
  return (
    <section aria-label="Who could be taken along">
      <h2>Could be taken along</h2>
      <p>
        {late.map(called).join(', ')}:{' '}
        <kbd>{`npm run work ${step}${checkpoint ? ` -- --at ${checkpoint}` : ''}`}</kbd>
      </p>
      <button onClick={() => void ask('take', { to: late.map(({ id }) => id), step, checkpoint })}>
        Tell {late.length === 1 ? 'them' : `all ${late.length}`}
      </button>
    </section>
  )
}

/** Of whom nobody has heard for a while. */
export function Silent({ room, open }: ListProps) {
  const quiet = silent(room.people, now.value)
  if (quiet.length === 0) return null
  return (
    <section aria-label="Silent">
      <h2>Silent {quiet.length}</h2>
      <p>
        {quiet.map((person, index) => (
          <>
            {index > 0 && ', '}
            <button class="link" onClick={() => open(person)}>
              {called(person)}
            </button>{' '}
            {since(now.value - person.heardAt)}
          </>
        ))}
      </p>
    </section>
  )
}

export function ToAll({ room: { people } }: Pick<ListProps, 'room'>) {
  const to = people.map(({ id }) => id)
  return (
    <section aria-label="To all">
      <Words label="To all" to={to} />
    </section>
  )
}

/** A word to some people. */
export function Words({ label, to, onSent }: { label: string; to: number[]; onSent?: () => void }) {
  const [text, setText] = useState('')
  const send = async (event: Event) => {
    event.preventDefault()
    if (!(await ask('tell', { to, text }))) return
    setText('')
    onSent?.()
  }
  return (
    <form class="words" onSubmit={(event) => void send(event)}>
      <label>
        {label}
        <input
          value={text}
          maxLength={500}
          required
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <button>Send</button>
    </form>
  )
}
