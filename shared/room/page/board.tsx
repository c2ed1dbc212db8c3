import { render } from 'preact'
import { useState } from 'preact/hooks'
import { agendas, barOf, behindMs, dueSteps, roomStep } from '../room-figures.ts'
import type { BoardState, Person } from '../room-events.ts'
import { AskedForHelp, BehindPlace, Silent, ToAll } from './board-lists.tsx'
import { PersonDialog } from './board-person.tsx'
import { QuestionPanel } from './board-question.tsx'
import { Rows } from './board-rows.tsx'
import { ask, connected, hideNames, listen, namesHidden, now, problem, state, steps } from './board-state.ts'

function Board({ room }: { room: BoardState }) {
  const [chosen, choose] = useState<number>()
  const person = room.people.find(({ id }) => id === chosen)
  const open = ({ id }: Person) => choose(id)
  return (
    <>
      {!connected.value && (
        <p class="banner" role="alert">
          The room does not answer. Start it again, and all is there: <kbd>npm run room</kbd>
        </p>
      )}
      <Head room={room} />
      <Summary room={room} />
      {problem.value && <p role="alert">{problem.value}</p>}
      <main>
        {room.people.length > 0 ? <Rows room={room} open={open} /> : <Invitation room={room} />}
        <aside aria-label="What to do">
          <AskedForHelp room={room} open={open} />
          <BehindPlace room={room} />
          <QuestionPanel room={room} />
          <Silent room={room} open={open} />
          <ToAll room={room} />
        </aside>
      </main>
      {person && (
        <PersonDialog key={person.id} person={person} place={room.place} close={() => choose(undefined)} />
      )}
    </>
  )
}

function Head({ room }: { room: BoardState }) {
  const [first = ''] = room.addresses
  return (
    <header>
      <h1>The room</h1>
      <p class="code">
        <kbd>
          npm run join {first.replace('http://', '')} <b>{room.code}</b> NAME
        </kbd>
      </p>
      <details class="qr">
        <summary>Phones, other addresses</summary>
        <figure>
          <img src={room.qr} alt={`QR code of ${first}`} />
          <figcaption>
            {first} · {room.code}
          </figcaption>
          <OtherAddresses room={room} />
        </figure>
      </details>
      <Place room={room} />
      <button aria-pressed={namesHidden.value} onClick={() => hideNames(!namesHidden.value)}>
        Hide names
      </button>
    </header>
  )
}

/** Where the instructor is: all who have joined see it. */
function Place({ room: { place } }: { room: BoardState }) {
  const { step = 0, checkpoint = 0 } = place ?? {}
  const { checkpoints = 0 } = steps.value.find(({ number }) => number === step) ?? {}
  return (
    <fieldset class="place">
      <legend>We are at</legend>
      <select
        aria-label="step"
        value={step}
        onChange={({ currentTarget }) =>
          void ask('place', { step: Number(currentTarget.value), checkpoint: 0 })
        }
      >
        <option value={0} disabled>
          step …
        </option>
        {steps.value.map(({ number, title }) => (
          <option key={number} value={number}>
            {String(number).padStart(2, '0')} · {title}
          </option>
        ))}
      </select>
      <select
        aria-label="checkpoint"
        value={checkpoint}
        disabled={checkpoints === 0}
        onChange={({ currentTarget }) => void ask('place', { step, checkpoint: Number(currentTarget.value) })}
      >
        <option value={0}>its start</option>
        {Array.from({ length: checkpoints }, (_, index) => (
          <option key={index} value={index + 1}>
            checkpoint {index + 1}
          </option>
        ))}
      </select>
    </fieldset>
  )
}

/** The room in two lines: how many have passed what they should, and the agenda's clock. */
function Summary({ room }: { room: BoardState }) {
  const { people, place } = room
  const at = roomStep(people, steps.value, room.agenda?.first)
  const step = steps.value.find(({ number }) => number === (place?.step ?? at))
  const bar = step && barOf(people, step.number)
  return (
    <section class="summary" aria-label="The room in short">
      {step && bar && people.length > 0 ? (
        <p>
          <meter min={0} max={people.length} value={bar.passed} aria-label={`passed step ${step.number}`} />
          <span>
            <b>
              {bar.passed} of {people.length} have passed step {step.number}
            </b>
            {bar.medianMs !== undefined &&
              `; median ${Math.max(1, Math.round(bar.medianMs / 60_000))} of ${step.minutes} minutes`}
          </span>
        </p>
      ) : (
        <p>Nobody has joined yet.</p>
      )}
      <Agenda room={room} at={at} />
    </section>
  )
}

function Agenda({ room: { agenda }, at }: { room: BoardState; at?: number }) {
  const due = agenda ? dueSteps(steps.value, agenda.first, agenda.beganAt) : []
  const current = due.find(({ ends }) => now.value < ends)
  const behind = behindMs(due, at, now.value)
  const begin = (first: number, time: string) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number)
    void ask('agenda', { first, beganAt: new Date().setHours(hours, minutes, 0, 0) })
  }
  return (
    <p class="agenda">
      <label>
        Agenda{' '}
        <select
          value={agenda?.first ?? 0}
          onChange={({ currentTarget }) => begin(Number(currentTarget.value), clock(Date.now()))}
        >
          <option value={0} disabled>
            none
          </option>
          {agendas.map(({ part, first }) => (
            <option key={first} value={first}>
              part {part}
            </option>
          ))}
        </select>
      </label>
      {agenda && (
        <label>
          {' '}
          began{' '}
          <input
            type="time"
            value={clock(agenda.beganAt)}
            onChange={({ currentTarget }) => begin(agenda.first, currentTarget.value)}
          />
        </label>
      )}
      {agenda && (
        <span>
          {current ? `Now: step ${current.step}, until ${clock(current.ends)}.` : 'Its time is over.'}{' '}
          {at !== undefined && behind !== undefined && (
            <b class={behind > 0 ? 'bad' : 'good'}>
              The room is at step {at}, {pace(behind)}.
            </b>
          )}
        </span>
      )}
    </p>
  )
}

/** Before anybody has come: how they do. */
function Invitation({ room }: { room: BoardState }) {
  const { qr, code, addresses } = room
  return (
    <section class="invitation" aria-label="How to join">
      <p>On each laptop, in the folder of the workshop:</p>
      <p>
        <kbd>
          npm run join {addresses[0]?.replace('http://', '')} {code} NAME
        </kbd>
      </p>
      <p>Or in the classroom, under “Room”. Phones answer questions: the QR code.</p>
      <img src={qr} alt={`QR code of ${addresses[0]}`} />
      <OtherAddresses room={room} />
    </section>
  )
}

/** A laptop may be in another network than the first address: these are where else the room answers. */
function OtherAddresses({ room: { addresses } }: { room: BoardState }) {
  const others = addresses.slice(1)
  return others.length > 0 ? <p>Other addresses of this machine: {others.join(', ')}</p> : null
}

/** `14:05` */
function clock(at: number): string {
  return new Date(at).toTimeString().slice(0, 5)
}

function pace(behind: number): string {
  const minutes = Math.floor(Math.abs(behind) / 60_000)
  if (minutes === 0) return 'on time'
  return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ${behind > 0 ? 'behind' : 'ahead'}`
}

function Page() {
  return state.value ? <Board room={state.value} /> : <p class="waiting">Connecting…</p>
}

const place = document.getElementById('page')
if (!place) throw new Error('board.html has a place for the page')
place.replaceChildren()
render(<Page />, place)
listen()
