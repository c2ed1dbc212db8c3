import { useEffect, useState } from 'preact/hooks'
import type { Actions, Status } from '../protocol.ts'
import { count, faultCommand } from './labels.ts'
import { act } from './server-state.ts'

const none = { delayMs: 0, bytesPerSecond: 0, refuseWebSocket: false }

/** Makes the network worse on purpose, and says what that does now. */
export function Faults({ now }: { now: Status }) {
  const { delayMs, bytesPerSecond, refuseWebSocket } = now.faults
  const [seconds, setSeconds] = useState(3)
  const [problem, setProblem] = useState<string>()
  const left = useCountdown(now.cutUntil)

  const set = async (change: Partial<Actions['faults']>) => {
    const faults = { delayMs: delayMs.up, bytesPerSecond: bytesPerSecond.up, refuseWebSocket, ...change }
    setProblem(await act('faults', faults))
  }
  const cut = async (event: Event) => {
    event.preventDefault()
    setProblem(await act('cut', { seconds }))
  }

  return (
    <div class="faults" role="group" aria-label="Break it on purpose">
      <b>Break it:</b>
      <label>
        <input
          type="checkbox"
          checked={refuseWebSocket}
          onChange={(event) => set({ refuseWebSocket: event.currentTarget.checked })}
        />
        refuse WebSocket
      </label>
      <Figure
        name="delay, ms each way"
        words={['delay', 'ms']}
        value={delayMs.up}
        set={(figure) => set({ delayMs: figure })}
      />
      <Figure
        name="trickle, bytes a second"
        words={['trickle', 'bytes/s']}
        value={bytesPerSecond.up}
        set={(figure) => set({ bytesPerSecond: figure })}
      />
      <form onSubmit={cut}>
        <button disabled={left > 0}>Cut everything</button>
        <label>
          for{' '}
          <input
            type="number"
            min="0"
            max="60"
            value={seconds}
            onInput={(event) => setSeconds(event.currentTarget.valueAsNumber || 0)}
          />{' '}
          s
        </label>
      </form>
      <InForce now={now} left={left} mend={() => set(none)} />
      <p role="alert">{problem}</p>
    </div>
  )
}

/** What the faults do just now, and how to end them; nothing while there are none. */
function InForce({ now, left, mend }: { now: Status; left: number; mend: () => void }) {
  const words = describeInForce(now, left)
  const isLasting = words.length > (left > 0 ? 1 : 0)
  return (
    <p class="in-force" role="status">
      {words.join(' ')}{' '}
      {isLasting && (
        <>
          <button onClick={mend}>Mend it</button>
          <kbd title="the same in a terminal">{faultCommand(now)}</kbd>
        </>
      )}
    </p>
  )
}

/**
 * @param left how long the cut still lasts, s; 0 when there is none
 * @returns a sentence for each fault
 */
export function describeInForce({ faults }: Pick<Status, 'faults'>, left: number): string[] {
  const { delayMs, bytesPerSecond, refuseWebSocket } = faults
  return [
    left > 0 && `Nobody gets through for another ${left.toFixed(0)} s; pages try again by themselves.`,
    refuseWebSocket && 'WebSocket is refused, also what was open: pages go on by polling.',
    delayMs.up > 0 && `Every byte waits ${count(delayMs.up)} ms on its way, in each direction.`,
    bytesPerSecond.up > 0 && `${count(bytesPerSecond.up)} bytes a second get through, in each direction.`,
  ].filter((sentence) => sentence !== false)
}

interface FigureProps {
  name: string
  /** what is seen before and after the field */
  words: [before: string, after: string]
  value: number
  set: (figure: number) => void
}

/** A figure that is set when it is left, or Enter is pressed: half a number is no delay. */
function Figure({ name, words: [before, after], value, set }: FigureProps) {
  return (
    <label>
      {before}
      <input
        type="number"
        min="0"
        step="any"
        aria-label={name}
        value={value}
        onChange={(event) => set(event.currentTarget.valueAsNumber || 0)}
      />
      {after}
    </label>
  )
}

/** @returns seconds until then, which go down by themselves; 0 when it is over */
function useCountdown(until: number): number {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    setNow(Date.now())
    if (until <= Date.now()) return undefined
    const timer = setInterval(() => {
      setNow(Date.now())
      if (Date.now() >= until) clearInterval(timer)
    }, 200)
    return () => clearInterval(timer)
  }, [until])
  return Math.max(0, (until - now) / 1_000)
}
