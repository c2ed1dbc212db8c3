import { signal } from '@preact/signals'
import type { Row, Rows } from '../protocol.ts'

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

export const mostRows = 50_000
export const mostLanes = 6
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
  let quiet = new Quiet()
  /** goes up with every change: what draws looks again */
  const version = signal(0)

  function takeLane(connection: number): number {
    const known = laneOf.get(connection)
    if (known !== undefined) return known
    const free = lanes.indexOf(undefined)
    // More than that at once share the last lane: the number beside the arrow still tells them apart.
    const lane = free >= 0 ? free : Math.min(lanes.length, mostLanes - 1)
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
    if (!filter.heartbeats && quiet.has(row)) return false
    if (!filter.assets && row.asset) return false
    return filter.text === '' || row.meaning.toLowerCase().includes(filter.text.toLowerCase())
  }

  function keep(news: LadderRow[]) {
    for (const row of news) {
      rows.push(row)
      // What a poll has carried is known only when its packets come, after its own rows were shown or hidden.
      const turned = quiet.add(row)
      if (turned === 'quiet' && !filter.heartbeats) hideExchange(row)
      if (turned === 'loud') shown = rows.filter(isShown)
      else if (isShown(row)) shown.push(row)
    }
    if (rows.length > mostRows) {
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
        waiting = [...waiting, ...placed].slice(-mostRows)
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
      quiet = new Quiet()
      version.value++
    },
  }
}

/** Knows which rows are of a heartbeat: the packet itself, and a poll that carried nothing else. */
class Quiet {
  readonly #exchanges = new Map<number, boolean>()

  /** @returns what this row makes of the exchange that it belongs to */
  add({ exchange, within, heartbeat }: Row): 'quiet' | 'loud' | 'as it was' {
    if (exchange === undefined || within === undefined) return 'as it was'
    const before = this.#exchanges.get(exchange)
    this.#exchanges.set(exchange, heartbeat && before !== false)
    if (this.#exchanges.size > mostRows) this.#exchanges.delete([...this.#exchanges.keys()][0] ?? 0)
    if (before === undefined && heartbeat) return 'quiet'
    return before === true && !heartbeat ? 'loud' : 'as it was'
  }

  has({ exchange, heartbeat }: Row): boolean {
    return heartbeat || (exchange !== undefined && this.#exchanges.get(exchange) === true)
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
