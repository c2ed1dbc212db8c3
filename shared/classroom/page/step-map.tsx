import { useRef } from 'preact/hooks'
import type { Course, StepInfo } from '../protocol.ts'

/** All steps as numbered squares: which are done, where work/ is, and whose lesson is open. Arrow keys go along. */
export function StepMap({ course, open }: { course: Course; open: (step: number) => void }) {
  const { steps, firstOfParts } = course
  const map = useRef<HTMLDivElement>(null)
  const current = steps.find(({ number }) => number === course.open)

  const go = (event: KeyboardEvent) => {
    const squares = [...(map.current?.querySelectorAll('button') ?? [])]
    const at = squares.findIndex((square) => square === document.activeElement)
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: squares.length - 1 }[event.key]
    if (to === undefined || at < 0) return
    event.preventDefault()
    squares[to]?.focus()
  }
  return (
    <nav class="steps" aria-label="Steps">
      <div class="map" role="toolbar" aria-label="All steps" ref={map} onKeyDown={go}>
        {firstOfParts.map((first, index) => (
          <span key={first} role="group" aria-label={`Part ${index + 1}`}>
            {steps
              .filter(({ number }) => number >= first && number < (firstOfParts[index + 1] ?? Infinity))
              .map((step) => (
                <StepSquare key={step.number} step={step} course={course} open={open} />
              ))}
          </span>
        ))}
      </div>
      <span class="title" title={`Step ${current?.number}: ${current?.does}`}>
        <b>
          {current?.number} · {current?.title}
        </b>{' '}
        {current?.minutes} min
      </span>
    </nav>
  )
}

interface StepSquareProps {
  step: StepInfo
  course: Course
  open: (step: number) => void
}

function StepSquare({ step: { number, title, minutes, passed }, course, open }: StepSquareProps) {
  const isOpen = course.open === number
  const isHere = course.work === number
  const about = [
    `${number} · ${title}, ${minutes} min`,
    passed && 'done ✓',
    isHere && 'your work/ is here',
  ].filter(Boolean)
  return (
    <button
      class="square"
      data-passed={passed}
      data-here={isHere}
      aria-current={isOpen ? 'step' : undefined}
      aria-label={about.join(', ')}
      title={about.join(', ')}
      tabindex={isOpen ? 0 : -1}
      onClick={() => open(number)}
    >
      {number}
      {(passed || isHere) && <i aria-hidden="true">{passed ? '✓' : '●'}</i>}
    </button>
  )
}
