import { useState } from 'preact/hooks'
import type { Counts } from '../../wire/meter.ts'
import type { Status } from '../protocol.ts'
import { Faults } from './faults-panel.tsx'
import { LadderView } from './ladder-view.tsx'
import { count } from './labels.ts'
import { frozen, totals } from './server-state.ts'

/** Totals, faults and the ladder. */
export function WirePanel({ now }: { now: Status }) {
  return (
    <section class="wire" aria-label="The wire">
      <div class="gauges">
        <Totals />
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

function perByte({ bytesUp, bytesDown, payloadUp, payloadDown }: Counts): string {
  const payload = payloadUp + payloadDown
  return payload === 0 ? '–' : ((bytesUp + bytesDown) / payload).toFixed(1)
}

function Totals() {
  const [isOpen, setOpen] = useState(() => innerHeight > 900 || (location.pathname === '/wire' && !isFramed))
  const now = totals.value
  const formatShort = (name: string, { requests, bytesUp, bytesDown }: Counts) =>
    `${name} ${count(bytesUp + bytesDown)} bytes in ${count(requests)} ${requests === 1 ? 'request' : 'requests'}`
  return (
    <details class="totals" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {now
          ? `So far: ${formatShort('polling', now.polling)} · ${formatShort('WebSocket', now.websocket)}`
          : 'Nothing so far'}
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
                <td>{now ? figure(now[key]) : '–'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
