import type { Question } from '../room-events.ts'

/** How many chose each answer: words and a figure, and a bar beside them. */
export function Bars({ question: { answers, counts = [] } }: { question: Question }) {
  const all = Math.max(
    1,
    counts.reduce((sum, count) => sum + count, 0),
  )
  return (
    <ul class="bars">
      {answers.map((answer, index) => (
        <li key={index}>
          <span>{answer}</span>
          <b>{counts[index] ?? 0}</b>
          <i style={{ width: `${((counts[index] ?? 0) / all) * 100}%` }} />
        </li>
      ))}
    </ul>
  )
}
