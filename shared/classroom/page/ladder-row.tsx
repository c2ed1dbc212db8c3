import type { Transport } from '../../wire/record.ts'
import { clock, count, duration } from './labels.ts'
import type { Carrier, Moment } from './guests.ts'
import { type Lane, placesOf } from './lanes.ts'
import type { LadderRow } from './ladder.ts'
import { isPointedAt, pointAt } from './pointing.ts'

interface LadderRowProps {
  row: LadderRow
  /** ms after the row before it */
  sinceMs: number | undefined
  lanes: readonly Lane[]
  /** px from the top of the list */
  top: number
  /** its place among those that are shown, from 1, and how many these are */
  at: number
  of: number
  isSelected: boolean
  open: () => void
}

/** A row of the diagram: time, life lines with an arrow from one to the other and what it says, bytes. */
export function LadderRowView(props: LadderRowProps) {
  const { row, sinceMs, lanes, top, at, of, isSelected, open } = props
  const { id, direction, transport, bytes, within, silence, missed } = row
  const isRemark = row.kind.startsWith('wire.') || missed !== undefined
  const classes = [
    'row',
    transport,
    direction,
    isRemark && 'remark',
    silence && 'silence',
    within !== undefined && 'inside',
    /^[45]\d\d /.test(row.meaning) && row.kind === 'http.response' && 'failed',
    isPointedAt(row) && 'marked',
  ]
  return (
    <div
      id={`row-${id}`}
      class={classes.filter(Boolean).join(' ')}
      style={`top: ${top}px`}
      role="option"
      aria-selected={isSelected}
      aria-setsize={of}
      aria-posinset={at}
      onClick={open}
      onMouseEnter={() => pointAt(row)}
      onMouseLeave={() => pointAt(undefined)}
    >
      <time title={clock(row.at)} aria-hidden="true">
        {sinceMs === undefined || within !== undefined ? '' : `+${duration(sinceMs)}`}
      </time>
      <span class="course">
        <LifeLines row={row} lanes={lanes} />
        <span class="sr">{describeWay(row)}</span>
        <Words row={row} lanes={lanes} isRemark={isRemark} />
      </span>
      {bytes > 0 && (
        <span class="bytes">
          <span class="sr">, </span>
          {within === undefined ? count(bytes) : `(${count(bytes)})`}
          <span class="sr"> {bytes === 1 ? 'byte' : 'bytes'}</span>
        </span>
      )}
    </div>
  )
}

/** Solid for WebSocket, dashed for polling, pale while nothing carries messages; a bar where a question is held. */
function LifeLines({ row: { before, after }, lanes }: { row: LadderRow; lanes: readonly Lane[] }) {
  const places = placesOf(lanes)
  return (
    <>
      <i class="server" style={`left: ${places.server}%`} />
      {lanes.map((lane, index) => {
        const place = places.lanes[index]!
        const side = place < places.server ? 'left' : 'right'
        return [before, after].map((moment, half) => (
          <>
            <i
              class={`life ${carrierOf(moment, lane) ?? 'none'} ${half === 0 ? 'above' : 'below'}`}
              style={`left: ${place}%`}
            />
            {lane.guests.some((guest) => moment.held.has(guest)) && (
              <i
                class={`held ${side} ${half === 0 ? 'above' : 'below'}`}
                style={`left: ${places.server}%`}
                title={`The server has a question of ${lane.name}, and waits with the answer.`}
              />
            )}
          </>
        ))
      })}
    </>
  )
}

function carrierOf({ carriers }: Moment, { guests, isFolded }: Lane): Carrier {
  return isFolded ? undefined : carriers.get(guests[0] ?? '')
}

function Words({ row, lanes, isRemark }: { row: LadderRow; lanes: readonly Lane[]; isRemark: boolean }) {
  const { direction, silence, guest, meaning, transport, within, waitedMs } = row
  const places = placesOf(lanes)
  const lane = lanes.findIndex(({ guests }) => guest !== undefined && guests.includes(guest))
  const place = places.lanes[lane]
  if (silence || place === undefined) {
    return (
      <span class="band">
        <span>{silence ? describeSilence(silence) : meaning}</span>
      </span>
    )
  }
  const [from, to] = [Math.min(place, places.server), Math.max(place, places.server)]
  const pointsRight = (direction === 'up') === place < places.server
  const { name, rest } = wordsOf(row)
  const isInside = within !== undefined
  const left = isRemark ? Math.min(place, 60) : from
  // An arrow ends at the bar of a request that is held, and not behind it.
  const hasBar = [row.before, row.after].some(({ held }) => guest !== undefined && held.has(guest))
  const ends = hasBar ? (place < places.server ? 'to-bar-right' : 'to-bar-left') : ''
  return (
    <>
      {!isRemark && !isInside && (
        <b
          class={`arrow ${pointsRight ? 'right' : 'left'} ${ends}`}
          style={`left: ${from}%; width: ${to - from}%`}
        />
      )}
      {isRemark && <b class="dot" style={`left: ${place}%`} />}
      <span class="words" style={`left: ${left}%; max-width: calc(${100 - left}% - 14px)`} title={meaning}>
        <strong>{name}</strong>
        {rest}
        {waitedMs !== undefined &&
          waitedMs >= 1 &&
          transport === 'polling' &&
          ` · after ${duration(waitedMs)}`}
      </span>
    </>
  )
}

function describeSilence({ ms, hidden }: { ms: number; hidden: number }): string {
  const rows = `${count(hidden)} hidden ${hidden === 1 ? 'row' : 'rows'}`
  return hidden === 0 ? `${duration(ms)} of silence: nothing crosses` : `${duration(ms)}, ${rows}`
}

/** What a message says in the diagram: which connection carried it is drawn, and need not be said. */
function wordsOf({ meaning }: LadderRow): { name: string; rest: string } {
  const words = meaning.replace(
    /^(GET|POST) \/socket\.io\/ · (polling · )?/,
    (_all, method) => `${method} · `,
  )
  const [, name = words, rest = ''] = /^([^“·]*?)(?= “| · |$)(.*)$/s.exec(words) ?? []
  return { name, rest }
}

const carriers: Record<Transport, string> = {
  websocket: 'WebSocket',
  polling: 'polling',
  http: 'HTTP',
  other: '',
}

/** What a screen reader says in place of an arrow: `Ann to server, WebSocket, `. */
export function describeWay({ direction, guest, transport, silence, kind }: LadderRow): string {
  if (silence || (guest === undefined && direction === 'none')) return ''
  const name = guest ?? 'somebody'
  const way = direction === 'up' ? `${name} to server` : `server to ${name}`
  const isRemark = kind.startsWith('wire.')
  return [isRemark ? name : way, carriers[transport], ''].filter((part, at) => part || at === 2).join(', ')
}
