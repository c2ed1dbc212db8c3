import { signal } from '@preact/signals'
import type { Row, Rows } from '../protocol.ts'
import { HeartbeatFilter } from './heartbeat-filter.ts'

/** A row with its place in the picture. */
export interface LadderRow extends Row {
  /** which lane its arrow is drawn in, from 0; -1 for what concerns all connections */
  readonly lane: number
  /** a row of the page's own: so many rows were missed here */
  readonly missed?: number
}

export interface Filter {
  heartbeats: boolean
  assets: boolean
  /** shown only when the meaning has these letters, in any case */
  text: string
}

export const maxRows = 50_000
export const maxLanes = 6
const droppedAtOnce = 5_000

/** What the ladder shows, and in which order. Rows come in batches; whoever draws listens to `version`. */
export function makeLadder() {
  let rows: LadderRow[] = []
  let shown: LadderRow[] = []
  let waiting: LadderRow[] = [] // while paused
  let isPaused = false
  const filter: Filter = { heartbeats: false, assets: false, text: '' }
  const lanes: (number | undefined)[] = [] // which connection holds a lane
  const laneOf = new Map<number, number>()
  let heartbeats = new HeartbeatFilter(maxRows)
  /** goes up with every change: what draws looks again */
  const version = signal(0)

  function takeLane(connection: number): number {
    const known = laneOf.get(connection)
    if (known !== undefined) return known
    const free = lanes.indexOf(undefined)
    // More than that at once share the last lane: the number beside the arrow still tells them apart.
    const lane = free >= 0 ? free : Math.min(lanes.length, maxLanes - 1)
    lanes[lane] = connection
    laneOf.set(connection, lane)
    return lane
  }

  function leaveLane(connection: number) {
    const lane = laneOf.get(connection)
    laneOf.delete(connection)
    if (lane !== undefined && lanes[lane] === connection) lanes[lane] = undefined
  }

  function isShown(row: LadderRow): boolean {
    if (!filter.heartbeats && heartbeats.has(row)) return false
    if (!filter.assets && row.asset) return false
    return filter.text === '' || row.meaning.toLowerCase().includes(filter.text.toLowerCase())
  }

  function keep(news: LadderRow[]) {
    for (const row of news) {
      rows.push(row)
      const change = heartbeats.add(row)
      if (change === 'became a heartbeat' && !filter.heartbeats) hideExchange(row)
      if (change === 'is more than a heartbeat') shown = rows.filter(isShown)
      else if (isShown(row)) shown.push(row)
    }
    if (rows.length > maxRows) {
      rows = rows.slice(droppedAtOnce)
      const first = rows[0]?.id ?? 0
      shown = shown.filter(({ id }) => id >= first)
    }
    version.value++
  }

  function hideExchange({ exchange }: Row) {
    for (let at = shown.length - 1; at >= 0 && at > shown.length - 500; at--) {
      if (shown[at]?.exchange === exchange) shown.splice(at, 1)
    }
  }

  return {
    version,
    get shown(): readonly LadderRow[] {
      return shown
    },
    get total() {
      return rows.length
    },
    get waiting() {
      return waiting.length
    },
    get paused() {
      return isPaused
    },
    get lanes() {
      return Math.max(1, lanes.length)
    },
    filter: filter as Readonly<Filter>,
    add({ missed, rows: news }: Rows) {
      const placed = news.map((row): LadderRow => {
        const lane = row.connection === 0 ? -1 : takeLane(row.connection)
        if (/^wire\.(closed|reset|refused)$/.test(row.kind)) leaveLane(row.connection)
        return { ...row, lane }
      })
      const [first] = placed
      if (missed > 0 && first) placed.unshift(gap(first, missed))
      if (isPaused) {
        waiting = [...waiting, ...placed].slice(-maxRows)
        version.value++
      } else keep(placed)
    },
    setFilter(next: Partial<Filter>) {
      Object.assign(filter, next)
      shown = rows.filter(isShown)
      version.value++
    },
    pause(paused: boolean) {
      isPaused = paused
      const held = waiting
      waiting = []
      if (!paused) keep(held)
      else version.value++
    },
    forget() {
      rows = []
      shown = []
      waiting = []
      lanes.length = 0
      laneOf.clear()
      heartbeats = new HeartbeatFilter(maxRows)
      version.value++
    },
  }
}

function gap(next: LadderRow, missed: number): LadderRow {
  return {
    ...next,
    id: next.id - 1,
    direction: 'none',
    lane: -1,
    bytes: 0,
    kind: 'wire.fault',
    heartbeat: false,
    asset: false,
    exchange: undefined,
    within: undefined,
    missed,
    meaning: `${missed.toLocaleString('en')} rows went by before this page could show them`,
  }
}

/** The page's one ladder. */
export const ladder = makeLadder()
