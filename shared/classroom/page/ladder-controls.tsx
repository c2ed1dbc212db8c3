import { count } from './labels.ts'
import { ladder } from './ladder.ts'

/** What stands above the ladder: pause, filters, clear, save. */
export function LadderControls() {
  const { filter, paused } = ladder
  return (
    <div class="controls">
      <button aria-pressed={paused} onClick={() => ladder.pause(!paused)}>
        {paused ? `Go on (${count(ladder.waiting)} new)` : 'Pause'}
      </button>
      <label>
        <input
          type="checkbox"
          checked={!filter.heartbeats}
          onChange={(event) => ladder.setFilter({ heartbeats: !event.currentTarget.checked })}
        />
        hide heartbeats
      </label>
      <label>
        <input
          type="checkbox"
          checked={!filter.assets}
          onChange={(event) => ladder.setFilter({ assets: !event.currentTarget.checked })}
        />
        hide assets
      </label>
      <label class="search">
        containing{' '}
        <input
          type="search"
          placeholder="new message"
          value={filter.text}
          onInput={(event) => ladder.setFilter({ text: event.currentTarget.value })}
        />
      </label>
      <span class="figures">
        {count(ladder.shown.length)} of {count(ladder.total)} rows
      </span>
      <button onClick={() => ladder.forget()}>Clear</button>
      <a href="/wire.har" download="on-the-wire.har">
        Save as HAR
      </a>
    </div>
  )
}
