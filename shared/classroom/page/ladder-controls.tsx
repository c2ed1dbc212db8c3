import { count } from './labels.ts'
import { ladder, type Sort, sorts } from './ladder.ts'
import { measureFromHere } from './measure.ts'

const meanings: Record<Sort, string> = {
  messages: 'What people and programs say: events, acknowledgements, plain WebSocket messages',
  'set-up': 'The page itself, sessions that begin, the upgrade to WebSocket',
  polls: 'The HTTP requests and answers of long-polling, which carry messages or wait for them',
  heartbeats: 'Ping and pong: is the other side still there?',
  assets: 'Style sheets, scripts, pictures',
  TCP: 'Connections that are opened and closed',
}

/** What stands above the diagram: what is shown, of whom, and where the counting begins. */
export function LadderControls() {
  const { filter, paused, lanes } = ladder
  const people = lanes.filter(({ isFolded }) => !isFolded)
  return (
    <div class="controls">
      <div role="group" aria-label="What is shown" class="chips">
        {sorts.map((sort) => (
          <button
            key={sort}
            title={meanings[sort]}
            aria-pressed={!filter.hidden.has(sort)}
            onClick={() => ladder.setFilter({ hidden: toggled(filter.hidden, sort) })}
          >
            {sort}
          </button>
        ))}
      </div>
      {people.length > 1 && (
        <div role="group" aria-label="Whose rows" class="chips">
          {people.map(({ name, guests: [guest = name] }) => (
            <button
              key={guest}
              aria-pressed={!filter.away.has(guest)}
              onClick={() => ladder.setFilter({ away: toggled(filter.away, guest) })}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      <label class="search">
        <span class="sr">containing</span>
        <input
          type="search"
          placeholder="containing"
          value={filter.text}
          onInput={(event) => ladder.setFilter({ text: event.currentTarget.value })}
        />
      </label>
      <span class="figures">
        {count(ladder.messages)} of {count(ladder.total)} rows
      </span>
      <button aria-pressed={paused} onClick={() => ladder.pause(!paused)}>
        {paused ? `Go on (${count(ladder.waiting)} new)` : 'Pause'}
      </button>
      <button
        onClick={measureFromHere}
        title="Sets rows and totals to zero; what was measured stays beside them"
      >
        Measure from here
      </button>
    </div>
  )
}

function toggled<Value>(set: ReadonlySet<Value>, value: Value): Set<Value> {
  const next = new Set(set)
  if (!next.delete(value)) next.add(value)
  return next
}
