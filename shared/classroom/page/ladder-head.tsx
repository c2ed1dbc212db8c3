import { ladder } from './ladder.ts'
import { type Lane, placesOf } from './lanes.ts'

const carried = { websocket: 'WebSocket', polling: 'polling', none: 'not connected' }

/** Whose life lines these are; it stays while the rows go by. */
export function LadderHead({ lanes }: { lanes: readonly Lane[] }) {
  const places = placesOf(lanes)
  const { now } = ladder
  return (
    <div class="heads">
      <span class="time">after</span>
      <span class="course">
        <b class="head server" style={`left: ${places.server}%`}>
          {now.servers.size > 0 ? 'your servers' : 'your server'}
          <small>
            <i class="held" /> a request waits here
          </small>
        </b>
        {lanes.map((lane, index) => (
          <b class={headClass(index, lanes)} style={`left: ${places.lanes[index]}%`}>
            {lane.isFolded ? (
              <button onClick={() => ladder.unfold(true)} title="Give each of them a line">
                {lane.name} ▸
              </button>
            ) : (
              lane.name
            )}
            {!lane.isFolded && <small>{carried[now.carriers.get(lane.guests[0] ?? '') ?? 'none']}</small>}
          </b>
        ))}
      </span>
      <span class="bytes">bytes</span>
    </div>
  )
}

function headClass(index: number, { length }: readonly Lane[]): string {
  if (index === 0) return 'head first'
  return index === length - 1 ? 'head last' : 'head'
}
