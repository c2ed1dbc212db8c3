import { useEffect, useState } from 'preact/hooks'
import type { Actions, Status } from '../protocol.ts'
import { faultCommand } from './labels.ts'
import { act } from './server-state.ts'

/** Makes the network worse on purpose. */
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
    <fieldset class="faults">
      <legend>Break it on purpose</legend>
      <label>
        <input
          type="checkbox"
          checked={refuseWebSocket}
          onChange={(event) => set({ refuseWebSocket: event.currentTarget.checked })}
        />
        refuse WebSocket
      </label>
      <Figure name="delay, ms each way" value={delayMs.up} set={(figure) => set({ delayMs: figure })} />
      <Figure
        name="trickle, bytes/s"
        value={bytesPerSecond.up}
        set={(figure) => set({ bytesPerSecond: figure })}
      />
      <form onSubmit={cut}>
        <button disabled={left > 0}>
          {left > 0 ? `Cut for another ${left.toFixed(0)} s` : 'Cut everything'}
        </button>
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
      {faultCommand(now) !== now.command && (
        <p class="typed">
          the same by <kbd>{faultCommand(now)}</kbd>
        </p>
      )}
      <p role="alert">{problem}</p>
    </fieldset>
  )
}

/** A figure that is set when it is left, or Enter is pressed: half a number is no delay. */
function Figure({ name, value, set }: { name: string; value: number; set: (figure: number) => void }) {
  return (
    <label>
      {name}
      <input
        type="number"
        min="0"
        step="any"
        value={value}
        onChange={(event) => set(event.currentTarget.valueAsNumber || 0)}
      />
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
