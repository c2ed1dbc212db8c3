import { useState } from 'preact/hooks'
import type { BoardState } from '../room-events.ts'
import { Bars } from './bars.tsx'
import { ask, steps } from './board-state.ts'

/** A question to the room: asked, answered, closed, put away. */
export function QuestionPanel({ room }: { room: BoardState }) {
  const [isLarge, setLarge] = useState(false)
  const { question } = room
  if (!question) return <QuestionForm room={room} />
  const count = question.counts?.reduce((sum, one) => sum + one, 0) ?? 0
  return (
    <section class="question" aria-label="Question" data-large={isLarge}>
      <h2>{question.text}</h2>
      <Bars question={question} />
      <p role="status">
        {count} {count === 1 ? 'answer' : 'answers'}
        {room.phones > 0 && ` · ${room.phones} ${room.phones === 1 ? 'phone' : 'phones'}`}
        {!question.isOpen && ' · closed'}
      </p>
      <div class="hand">
        {question.isOpen && (
          <button onClick={() => void ask('close', { away: false })}>No more answers</button>
        )}
        <button onClick={() => void ask('close', { away: true })}>Put away</button>
        <button aria-pressed={isLarge} onClick={() => setLarge(!isLarge)}>
          Large
        </button>
      </div>
    </section>
  )
}

const blank = ['', '', '', '']

function QuestionForm({ room: { place } }: { room: BoardState }) {
  const [text, setText] = useState('')
  const [answers, setAnswers] = useState(blank)
  const quiz = steps.value.flatMap((step) => step.quiz.map((question) => ({ step: step.number, question })))
  const near = quiz.filter(({ step }) => !place || step === place.step)
  const submit = async (event: Event) => {
    event.preventDefault()
    const given = answers.map((answer) => answer.trim()).filter(Boolean)
    if (await ask('ask', { text, answers: given })) {
      setText('')
      setAnswers(blank)
    }
  }
  return (
    <section class="question" aria-label="Question">
      <details>
        <summary>
          <h2>Ask the room</h2>
        </summary>
        <form onSubmit={(event) => void submit(event)}>
          <label>
            From {place ? `the quiz of step ${place.step}` : 'a quiz'}
            <select value="" onChange={({ currentTarget }) => setText(currentTarget.value)}>
              <option value="">your own</option>
              {near.map(({ step, question }) => (
                <option key={question} value={question}>
                  {step}: {question}
                </option>
              ))}
            </select>
          </label>
          <label>
            Question
            <textarea
              value={text}
              maxLength={600}
              required
              rows={2}
              onInput={({ currentTarget }) => setText(currentTarget.value)}
            />
          </label>
          {answers.map((answer, index) => (
            <label key={index}>
              Answer {index + 1}
              <input
                value={answer}
                maxLength={100}
                required={index < 2}
                onInput={({ currentTarget }) => setAnswers(answers.with(index, currentTarget.value))}
              />
            </label>
          ))}
          <button>Ask</button>
        </form>
      </details>
    </section>
  )
}
