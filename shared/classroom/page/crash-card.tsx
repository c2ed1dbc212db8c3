import { useRef, useState } from 'preact/hooks'
import type { LiveState } from '../../run/keep-running.ts'
import { act } from './server-state.ts'

/** How a program broke. */
export type Crash = Extract<LiveState, { is: 'down' }> & { isStarting: boolean }

/** How the program broke last, until it runs again. */
export function useCrash(program: LiveState | undefined): Crash | undefined {
  const last = useRef<Extract<LiveState, { is: 'down' }> | undefined>(undefined)
  if (program?.is === 'down') last.current = program
  else if (program?.is !== 'starting') last.current = undefined
  return last.current && { ...last.current, isStarting: program?.is === 'starting' }
}

/** In place of a program that broke: what happened, and where. */
export function CrashCard({ crash: { what, error, place, isStarting } }: { crash: Crash }) {
  const [problem, setProblem] = useState<string>()
  return (
    <div class="crash" role="alert">
      <h2>{what}</h2>
      <p class="error">{error}</p>
      {place && (
        <>
          <p>
            <button class="link" onClick={async () => setProblem(await act('editor', {}))}>
              {place.file}:{place.line}
            </button>{' '}
            opens in your editor
          </p>
          <pre tabindex={0} aria-label={`${place.file} around line ${place.line}`}>
            {place.source.map(({ number, text }) => (
              <span key={number} class={number === place.line ? 'broken' : undefined}>
                <small>
                  {number === place.line ? '▶' : ' '} {number}
                </small>
                {text}
                {'\n'}
              </span>
            ))}
          </pre>
        </>
      )}
      {problem && <p class="error">{problem}</p>}
      <p>{isStarting ? 'It is starting again…' : 'It starts again when you save.'}</p>
    </div>
  )
}

/** On a phone, where the card is in another view: a line that leads there. */
export function CrashLine({ crash, onShow }: { crash: Crash; onShow: () => void }) {
  return (
    <button class="crash-line" onClick={onShow}>
      <b>{crash.what}.</b> {crash.error}
    </button>
  )
}
