import { signal } from '@preact/signals'
import type { Row, Rows } from '../protocol.ts'
import { Guests, nothing, type Moment, Waits } from './guests.ts'
import { HeartbeatFilter } from './heartbeat-filter.ts'
import { type Lane, lanesOf } from './lanes.ts'

/** A row with what the picture needs beside it. */
export interface LadderRow extends Row {
  /** how the life lines stand above it, and below it */
  readonly before: Moment
  readonly after: Moment
  /** of an answer: how long after its request it came, ms */
  readonly waitedMs?: number
  /** a row of the page's own: so many rows were missed here */
  readonly missed?: number
  /** a row of the page's own: for so long nothing has crossed, ms; `hidden` rows are between */
  readonly silence?: { readonly ms: number; readonly hidden: number }
}

/** What a row is to people, and so by which button it is hidden. */
export const sorts = ['messages', 'set-up', 'polls', 'heartbeats', 'assets', 'TCP'] as const
export type Sort = (typeof sorts)[number]

export interface Filter {
  readonly hidden: ReadonlySet<Sort>
  /** the guests whose rows are hidden */
  readonly away: ReadonlySet<string>
  /** shown only when the meaning has these letters, in any case */
  readonly text: string
}

export const maxRows = 50_000
const droppedAtOnce = 5_000
const maxGuests = 200 // anybody may call themselves anything, over the open door too
const silenceMs = 1_000 // from here on it is shown as a band

/** What the diagram shows, and in which order. Rows come in batches; whoever draws listens to `version`. */
export function makeLadder() {
  let rows: LadderRow[] = []
  let shown: LadderRow[] = []
  let bands = 0 // among them
  let waiting: LadderRow[] = [] // while paused
  let isPaused = false
  let filter: Filter = { hidden: new Set(['heartbeats', 'assets', 'TCP']), away: new Set(), text: '' }
  let windows: readonly string[] = []
  let known = new Set<string>() // guests, in the order in which they came
  let isUnfolded = false
  let guests = new Guests()
  let waits = new Waits()
  let heartbeats = new HeartbeatFilter(maxRows)
  /** goes up with every change: what draws looks again */
  const version = signal(0)

  function isShown(row: LadderRow): boolean {
    if (filter.hidden.has(heartbeats.has(row) ? 'heartbeats' : sortOf(row))) return false
    if (row.guest !== undefined && filter.away.has(row.guest)) return false
    return filter.text === '' || row.meaning.toLowerCase().includes(filter.text.toLowerCase())
  }

  function show(row: LadderRow): void {
    const last = shown.at(-1)
    const ms = last ? row.at - last.at : 0
    if (last && ms >= silenceMs) {
      shown.push(silence(last, row, ms))
      bands++
    }
    shown.push(row)
  }

  function showAll(): void {
    shown = []
    bands = 0
    for (const row of rows) if (isShown(row)) show(row)
  }

  function keep(news: LadderRow[]) {
    for (const row of news) {
      rows.push(row)
      const change = heartbeats.add(row)
      if (change === 'became a heartbeat' && filter.hidden.has('heartbeats')) hideExchange(row)
      if (change === 'is more than a heartbeat') showAll()
      else if (isShown(row)) show(row)
    }
    if (rows.length > maxRows) {
      rows = rows.slice(droppedAtOnce)
      const first = rows[0]?.id ?? 0
      shown = shown.filter(({ id }) => id >= first)
      bands = shown.filter((row) => row.silence).length
    }
    version.value++
  }

  function hideExchange({ exchange }: Row) {
    for (let at = shown.length - 1; at >= 0 && at > shown.length - 500; at--) {
      if (shown[at]?.exchange !== exchange) continue
      const bandsBefore = shown[at - 1]?.silence ? 1 : 0
      bands -= bandsBefore
      shown.splice(at - bandsBefore, 1 + bandsBefore)
    }
  }

  return {
    version,
    get shown(): readonly LadderRow[] {
      return shown
    },
    /** how many rows are shown, without the bands between them */
    get messages() {
      return shown.length - bands
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
    /** whose life lines there are: the first one stands left of the server, the others right of it */
    get lanes(): readonly Lane[] {
      return lanesOf(windows, [...known], isUnfolded)
    },
    /** how the life lines stand below the last row */
    get now(): Moment {
      return isPaused ? (rows.at(-1)?.after ?? nothing) : guests.now
    },
    /** at which server each guest is, also while the diagram is paused: see {@link Moment} */
    get servers(): Moment['servers'] {
      return guests.now.servers
    },
    get filter(): Filter {
      return filter
    },
    add({ missed, rows: news }: Rows) {
      const placed = news.map((row): LadderRow => {
        const { guest } = row
        if (guest !== undefined && known.size < maxGuests) known.add(guest)
        const before = guests.now
        if (guest !== undefined && known.has(guest)) guests.add(row)
        return { ...row, before, after: guests.now, waitedMs: waits.of(row) }
      })
      const [first] = placed
      if (missed > 0 && first) placed.unshift(gap(first, missed))
      if (isPaused) {
        waiting = [...waiting, ...placed].slice(-maxRows)
        version.value++
      } else keep(placed)
    },
    setFilter(next: Partial<Filter>) {
      filter = { ...filter, ...next }
      showAll()
      version.value++
    },
    /** Whose windows the page shows: their life lines are there before anything has crossed. */
    setWindows(names: readonly string[]) {
      windows = names
      version.value++
    },
    /** Gives each of the others a life line of their own, or one to all of them. */
    unfold(unfolded: boolean) {
      isUnfolded = unfolded
      version.value++
    },
    pause(paused: boolean) {
      isPaused = paused
      const held = waiting
      waiting = []
      if (!paused) keep(held)
      else version.value++
    },
    /** Empties the diagram. Who is connected stays, unless another run of the workshop has begun. */
    forget({ guestsToo = false } = {}) {
      rows = []
      shown = []
      bands = 0
      waiting = []
      if (guestsToo) {
        guests = new Guests()
        waits = new Waits() // another run counts its exchanges from 1 again
        known = new Set()
      }
      heartbeats = new HeartbeatFilter(maxRows)
      version.value++
    },
  }
}

const tcp = new Set(['wire.opened', 'wire.closed'])
const polling = new Set(['http.request', 'http.response', 'engine.noop', 'engine.close'])
const ofMessages = /^(socket\.(event|acknowledgement|attachment)|engine\.message|websocket\.(text|binary))$/

function sortOf({ kind, transport, asset, exchange, within, meaning }: Row): Sort {
  if (asset) return 'assets'
  if (tcp.has(kind)) return 'TCP'
  if (ofMessages.test(kind)) return 'messages'
  if (transport === 'polling' && polling.has(kind) && !/opens a session/.test(meaning)) return 'polls'
  if (kind.startsWith('wire.')) return 'messages' // the wire's own remarks are for everybody
  // A program's own questions, as step 2 asks them, are what its people say and hear.
  const isPage = transport === 'websocket' || /^GET \/ |^GET \/$|text\/html/.test(meaning)
  return kind.startsWith('http.') && transport === 'http' && !isPage && within === undefined && exchange
    ? 'messages'
    : 'set-up'
}

function silence(last: LadderRow, next: LadderRow, ms: number): LadderRow {
  const hidden = next.id - last.id - 1
  return { ...ownRow(next), before: last.after, after: next.before, silence: { ms, hidden } }
}

function gap(next: LadderRow, missed: number): LadderRow {
  return {
    ...ownRow(next),
    before: nothing,
    missed,
    meaning: `${missed.toLocaleString('en')} rows went by before this page could show them`,
  }
}

/** A row that nothing on the wire stands for, before this one. */
function ownRow(next: LadderRow): LadderRow {
  return {
    ...next,
    id: next.id - 0.5,
    direction: 'none',
    guest: undefined,
    bytes: 0,
    kind: 'wire.fault',
    meaning: '',
    heartbeat: false,
    asset: false,
    exchange: undefined,
    within: undefined,
  }
}

/** The page's one diagram. */
export const ladder = makeLadder()
