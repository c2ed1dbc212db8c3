// What the classroom's server and its page tell each other. Everything that comes by itself comes as server-sent events
// of one stream, /events; everything that a click asks for is a POST with JSON.
import type { Part } from '../wire/explain-http.ts'
import type { FaultsInForce, Totals, WireRecord } from '../wire/open-wire.ts'
import type { RoomSeat } from '../room/room-events.ts'
import type { LiveState } from '../run/keep-running.ts'

/** One row of the sequence diagram, without its bytes. */
export interface Row extends Pick<
  WireRecord,
  | 'id'
  | 'at'
  | 'connection'
  | 'direction'
  | 'transport'
  | 'kind'
  | 'bytes'
  | 'meaning'
  | 'exchange'
  | 'within'
> {
  /** what keeps a quiet connection alive */
  readonly heartbeat: boolean
  /** fetches a style sheet, a script or a picture, or is such a fetch's answer */
  readonly asset: boolean
  /** which of several servers the connection leads to, 1 for the first; known once one has answered */
  readonly server?: number
  /** whose connection it is: a window's name, `Ann`, or what the client calls itself; unknown before its first request */
  readonly guest?: string
}

/** Rows, and how many came before them that are gone: the page was too slow, or came too late. */
export interface Rows {
  readonly missed: number
  readonly rows: readonly Row[]
}

/** A record taken apart. */
export interface Detail {
  readonly parts: readonly Part[]
  /** lines of `offset  hex  characters`, the first bytes of the record */
  readonly hex: readonly string[]
  readonly shortened: boolean
}

/** How one of several servers stands. */
export interface ServerState {
  /** `http://localhost:49152` */
  readonly url: string
  readonly pid?: number
  readonly is: 'running' | 'starting' | 'dead'
  /** of a dead one: the line of its last error that tells most */
  readonly why?: string
}

export interface StepInfo {
  readonly number: number
  readonly name: string
  readonly title: string
  readonly does: string
  readonly minutes: number
  readonly passed: boolean
}

/** All that the page shows beside rows and totals. */
export interface Status {
  /** when this server began, ms since 1970: a page that knows another one forgets its rows */
  readonly born: number
  /** where guests come in, `http://localhost:3000` */
  readonly url: string
  /** what stands behind it: `steps/06-typing`, `work`, or another address */
  readonly place: string
  /** what was typed to begin, `npm run step 6` */
  readonly command: string
  readonly program?: LiveState
  /** which program it is: goes up when another one runs in place of the one before, and not with an edit */
  readonly runs: number
  /** goes up each time a program has started, with an edit too; 0 before the first one has */
  readonly starts: number
  readonly faults: FaultsInForce
  /** until when guests are refused, ms since 1970; 0 when the wire is not cut */
  readonly cutUntil: number
  /** where others reach it, with a QR code as a picture; undefined while it is not shared */
  readonly shared?: { readonly url: string; readonly picture: string }
  /** the room that this laptop has joined; undefined while there is none */
  readonly room?: RoomSeat
  /** the servers behind nginx, when there are several: `npm run step 18 -- --servers 3` */
  readonly servers?: readonly ServerState[]
  /** undefined when only the wire is here: `npm run step`, `npm run wire` */
  readonly course?: Course
}

export interface Course {
  readonly steps: readonly StepInfo[]
  /** the step whose lesson was open last */
  readonly open: number
  /** the step that is running, and whether it is the learner's own */
  readonly running: { readonly step: number; readonly own: boolean }
  /** whether a cookie says who one is in what is running: then one browser is one person */
  readonly withAccounts: boolean
  /** the step that `work/` is on; undefined while there is none */
  readonly work?: number
  /** the command that is at work just now, `npm run check 4` */
  readonly busy?: string
  /** the names of the open step's tasks, in the order in which the check runs them */
  readonly tasks: readonly string[]
  /** the step that each part begins with */
  readonly firstOfParts: readonly number[]
}

/** That a command has begun, a line that it has printed, or its end. */
export interface CommandOutput {
  /** as a learner would have typed it */
  readonly command: string
  readonly line?: string
  /** set once it has ended */
  readonly exitCode?: number
}

/** The events of the stream, by name. */
export interface Events {
  status: Status
  rows: Rows
  totals: Totals
  /** a line that the learner's program has printed */
  programLine: { readonly line: string; readonly stream: 'stdout' | 'stderr' }
  commandOutput: CommandOutput
}

/** What a POST to `/api/<action>` carries. */
export interface Actions {
  /** which lesson is open */
  open: { step: number }
  /** `npm run step N`, or `npm run work` when `own` */
  run: { step: number; own: boolean }
  /** `npm run check N`, `hint N`, `diff N`, `next`: the answer comes as `commandOutput` */
  check: { step: number }
  hint: { step: number }
  diff: { step: number }
  next: Record<string, never>
  /** `npm run work N`: saves work/, and begins step N there */
  begin: { step: number }
  /** opens the place where the program broke in the learner's editor */
  editor: Record<string, never>
  faults: { delayMs: number; bytesPerSecond: number; refuseWebSocket: boolean }
  cut: { seconds: number }
  /** `kill -9` of one of several servers, and its start after that; 1 is the first */
  killServer: { server: number }
  startServer: { server: number }
  /** `npm run join ADDRESS CODE NAME`, and `npm run join -- --leave` */
  joinRoom: { address: string; code: string; name: string }
  leaveRoom: Record<string, never>
  /** the red note, up or down */
  helpMe: { wanted: boolean }
  /** answers the room's question */
  answerRoom: { question: number; answer: number }
  /** the notes up to this one have been read */
  dismissNotes: { last: number }
}
