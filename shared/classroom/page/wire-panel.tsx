import { useState } from 'preact/hooks'
import type { Counts } from '../../wire/meter.ts'
import type { Status } from '../protocol.ts'
import { Faults } from './faults-panel.tsx'
import { count } from './labels.ts'
import { LadderView } from './ladder-view.tsx'
import { bytesOf, lastMeasured, type Measured, measured } from './measure.ts'
import { frozen } from './server-state.ts'

/** What was measured, faults, and the diagram. */
export function WirePanel({ now }: { now: Status }) {
  return (
    <section class="wire" aria-label="The wire">
      <div class="gauges">
        <Measurement />
        <a
          href="/wire.har"
          download="on-the-wire.har"
          title="All rows as a file that browsers’ network tools open. Cookies, Authorization and passwords are left out, so that you can send it to somebody."
        >
          HAR
        </a>
        <Faults now={now} />
      </div>
      {frozen.value && (
        <p class="remark" role="alert">
          {frozen.value} <button onClick={() => (frozen.value = undefined)}>Understood</button>
        </p>
      )}
      <LadderView />
    </section>
  )
}

/** A slide shows it in a frame, where there is less room. */
const isFramed = parent !== window

const columns = [
  ['http', 'pages', 'HTTP requests that carry no packets: the page, its script, its style'],
  ['polling', 'polling', 'HTTP requests that carry packets, and wait for them'],
  ['websocket', 'WebSocket', 'the request that opens it, and all its frames'],
] as const

const rows: [name: string, figure: (counts: Counts) => string][] = [
  ['TCP connections', ({ connections }) => count(connections)],
  ['HTTP requests', ({ requests }) => count(requests)],
  ['bytes up', ({ bytesUp }) => count(bytesUp)],
  ['bytes down', ({ bytesDown }) => count(bytesDown)],
  ['of it, people’s text', ({ payloadUp, payloadDown }) => count(payloadUp + payloadDown)],
  ['bytes for a byte of text', perByte],
]

function perByte(counts: Counts): string {
  const payload = counts.payloadUp + counts.payloadDown
  return payload === 0 ? '–' : (bytesOf(counts) / payload).toFixed(1)
}

/** WebSocket and polling as two bars, the last measurement beside them, and all figures below. */
function Measurement() {
  const [isOpen, setOpen] = useState(() => innerHeight > 900 && !isFramed)
  const now = measured()
  const last = lastMeasured.value
  const most = Math.max(
    1,
    ...[now, last].flatMap((one) => carriers.map(([part]) => (one ? bytesOf(one[part]) : 0))),
  )
  return (
    <details class="totals" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {carriers.map(([part, name]) => (
          <Bar key={part} part={part} name={name} now={now} last={last} most={most} />
        ))}
        <span class="amount http">
          <i /> HTTP
        </span>
      </summary>
      <table>
        <thead>
          <tr>
            <td></td>
            {columns.map(([key, name, title]) => (
              <th scope="col" class={key} title={title}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, figure]) => (
            <tr>
              <th scope="row">{name}</th>
              {columns.map(([key]) => (
                <td>{now && !(figure === perByte && key === 'http') ? figure(now[key]) : '–'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

const carriers = [
  ['websocket', 'WebSocket'],
  ['polling', 'polling'],
] as const

interface BarProps {
  part: 'websocket' | 'polling'
  name: string
  now: Measured | undefined
  last: Measured | undefined
  /** bytes of the longest bar */
  most: number
}

function Bar({ part, name, now, last, most }: BarProps) {
  const bytes = now ? bytesOf(now[part]) : 0
  const before = last && bytesOf(last[part])
  const requests = now?.[part].requests ?? 0
  return (
    <span class={`amount ${part}`}>
      <i />
      <b>{name}</b>
      <span class="share" style={`--share: ${bytes / most}; --before: ${(before ?? 0) / most}`} />
      {count(bytes)} bytes
      <span class="requests">
        in {count(requests)} {requests === 1 ? 'request' : 'requests'}
      </span>
      {before !== undefined && <small>before that {count(before)}</small>}
    </span>
  )
}
