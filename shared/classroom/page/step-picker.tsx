import type { Course } from '../protocol.ts'

/** Chooses the step whose lesson is shown. */
export function StepPicker({ course, open }: { course: Course; open: (step: number) => void }) {
  const at = course.steps.findIndex(({ number }) => number === course.open)
  const go = (by: number) => {
    const to = course.steps[at + by]
    if (to) open(to.number)
  }
  return (
    <nav class="steps" aria-label="Steps">
      <button onClick={() => go(-1)} disabled={at <= 0} aria-label="The step before">
        ‹
      </button>
      <label>
        <span class="sr">Step</span>
        <select value={course.open} onChange={(event) => open(Number(event.currentTarget.value))}>
          {course.steps.map(({ number, title, minutes, passed }) => (
            <option key={number} value={number}>
              {passed ? '✓' : '\u2007'} {String(number).padStart(2, '0')} · {title} · {minutes} min
              {course.work === number ? ' · work/ is here' : ''}
            </option>
          ))}
        </select>
      </label>
      <button onClick={() => go(1)} disabled={at >= course.steps.length - 1} aria-label="The step after">
        ›
      </button>
    </nav>
  )
}
