import { useState } from 'preact/hooks'
import { type RoomSeat, whatIsSent } from '../../room/room-events.ts'
import type { Act } from './server-state.ts'

interface RoomProps {
  seat?: RoomSeat
  act: Act
}

/** In the bar: joining the instructor's room, and what stands there. */
export function RoomMenu({ seat, act }: RoomProps) {
  const label = seat ? `Room: ${seat.place ?? seat.name}` : 'Room'
  return (
    <>
      <details class="room">
        <summary>{label}</summary>
        <div>
          {seat ? (
            <>
              <p role="status">
                You are {seat.name}.{' '}
                {seat.why ?? (seat.isConnected ? 'Connected.' : 'The room does not answer just now.')}
              </p>
              <p>{whatIsSent}</p>
              <button onClick={() => void act('leaveRoom', {})}>Leave the room</button>
            </>
          ) : (
            <JoinForm act={act} />
          )}
        </div>
      </details>
      {seat && (
        <button
          class="action help-me"
          aria-pressed={seat.wantsHelp}
          title="npm run help-me"
          onClick={() => void act('helpMe', { wanted: !seat.wantsHelp })}
        >
          I need help
        </button>
      )}
    </>
  )
}

function JoinForm({ act }: Pick<RoomProps, 'act'>) {
  const [problem, setProblem] = useState<string>()
  const join = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.target instanceof HTMLFormElement)) return
    const fields = new FormData(event.target)
    const read = (name: string) => String(fields.get(name) ?? '')
    setProblem(await act('joinRoom', { address: read('address'), code: read('code'), name: read('name') }))
  }
  return (
    <form onSubmit={(event) => void join(event)}>
      <p>{whatIsSent}</p>
      <label>
        Address on the board <input name="address" required placeholder="192.168.1.23:3400" />
      </label>
      <label>
        Code <input name="code" required maxLength={6} autocomplete="off" />
      </label>
      <label>
        Your name <input name="name" required maxLength={24} />
      </label>
      <button>Join the room</button>
      {problem && <p role="alert">{problem}</p>}
    </form>
  )
}

interface StripProps extends RoomProps {
  /** whose lesson is open */
  step: number
}

/** Below the bar, while there is something: where the room is, words from the instructor, and the room's question. */
export function RoomStrip({ seat, act, step }: StripProps) {
  const { notes = [], question, place } = seat ?? {}
  const last = notes.at(-1)
  const roomStep = place === undefined ? step : Number.parseInt(place, 10) // `05.2` is a checkpoint of step 5
  const isElsewhere = roomStep !== step
  if (!last && !question && !isElsewhere) return null
  return (
    <section class="room-strip" aria-label="From the room" role="status">
      {last && <button onClick={() => void act('dismissNotes', { last: last.id })}>Put away</button>}
      {isElsewhere && (
        <div>
          <b>We are at {place}</b>
          <button onClick={() => void act('open', { step: roomStep })}>Go to step {roomStep}</button>
        </div>
      )}
      {question && (
        <div>
          <b>{question.text}</b>
          {question.answers.map((answer, index) => (
            <button
              key={index}
              aria-pressed={question.mine === index}
              disabled={!question.isOpen}
              onClick={() => void act('answerRoom', { question: question.id, answer: index })}
            >
              {answer}
              {question.counts && ` · ${question.counts[index]}`}
            </button>
          ))}
        </div>
      )}
      {notes.map(({ id, text }) => (
        <p key={id}>{text.replaceAll(/\n{2,}/g, '\n')}</p>
      ))}
    </section>
  )
}
