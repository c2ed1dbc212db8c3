// What crosses the wire between a laptop or a phone and the room's door, and between the room and its board.

/** What joining sends, in words. */
export const whatIsSent =
  'Sent to the room: your name, your step, which tasks have passed and when, and whether you want help. Never your code.'

/** How long ago, s: what a laptop tells says no time of day, because laptops' clocks differ. */
type Ago = number

/** What a laptop tells of its learner, always all of it: what was lost on the way comes with the next one. */
export interface Report {
  /** the step that `work/` is on */
  readonly step?: number
  readonly steps: readonly StepReport[]
  /** since when help is wanted; undefined when it is not */
  readonly helpAgo?: Ago
  /** the number of the last note that was shown there */
  readonly noted: number
}

export interface StepReport {
  readonly number: number
  /** tasks that have passed, from 1, and how long ago each did first */
  readonly tasks: readonly (readonly [task: number, ago: Ago])[]
  /** when the whole step passed */
  readonly doneAgo?: Ago
}

/** A word from the instructor to one person, or to all. */
export interface Note {
  readonly id: number
  readonly text: string
}

export interface Question {
  readonly id: number
  readonly text: string
  readonly answers: readonly string[]
  readonly isOpen: boolean
  /** how many chose each answer; guests hear it once they have answered, or it is closed */
  readonly counts?: readonly number[]
  /** the one that this guest has chosen, from 0 */
  readonly mine?: number
}

/** What is the same for all: it is told when one comes, and when it changes. */
export interface RoomNews {
  /** where the instructor is: `05.2` is checkpoint 2 of step 5 */
  readonly place?: string
  readonly question?: Question
}

/** What a learner's classroom shows of the room that was joined. */
export interface RoomSeat extends RoomNews {
  readonly name: string
  readonly isConnected: boolean
  /** why the room lets this laptop not in */
  readonly why?: string
  readonly wantsHelp: boolean
  /** words from the instructor that were not put away yet */
  readonly notes: readonly Note[]
}

/** What a guest is answered. */
export type Answer<More = object> = ({ ok: true } & More) | { ok: false; error: string }
type Acknowledge<More = object> = (answer: Answer<More>) => void

/** What a laptop or a phone may send. */
export interface GuestEvents {
  /** asks for a seat; without a name it is a phone, which answers questions alone */
  join: (wanted: { name?: string }, acknowledge: Acknowledge<{ token: string; name: string }>) => void
  report: (report: Report, acknowledge: Acknowledge<{ notes: Note[]; isHelped: boolean }>) => void
  vote: (vote: { question: number; answer: number }, acknowledge: Acknowledge) => void
  leave: (acknowledge: Acknowledge) => void
}

/** What they hear. */
export interface DoorEvents {
  news: (news: RoomNews) => void
  note: (note: Note) => void
  /** the instructor has taken the red note down */
  helped: () => void
}

/** What a step is on the board. */
export interface StepOnBoard {
  readonly number: number
  readonly title: string
  readonly minutes: number
  readonly tasks: number
  readonly checkpoints: number
  readonly rungs: number
  /** the questions of its lesson's quiz */
  readonly quiz: readonly string[]
}

/** A row of the board. Times are ms since 1970, by the instructor's clock. */
export interface Person {
  readonly id: number
  readonly name: string
  /** a laptop of theirs is connected */
  readonly isHere: boolean
  readonly step?: number
  /** how many tasks of each step have passed, by its number */
  readonly tasks: Readonly<Record<number, number>>
  /** when each step passed, by its number */
  readonly done: Readonly<Record<number, number>>
  readonly joinedAt: number
  /** when the last task passed; when they joined, before that */
  readonly passedAt: number
  readonly heardAt: number
  readonly helpAt?: number
  /** notes that no laptop of theirs has shown yet */
  readonly unread: number
}

/** All that the board shows. */
export interface BoardState {
  readonly code: string
  /** where laptops join, `http://192.168.1.23:3400`, the likeliest first */
  readonly addresses: readonly string[]
  /** leads a phone to the door, with the code in it: a picture */
  readonly qr: string
  readonly now: number
  readonly people: readonly Person[]
  readonly phones: number
  readonly question?: Question
  /** where the instructor is */
  readonly place?: { readonly step: number; readonly checkpoint: number }
  /** the agenda that the clock is held against, by the step that it begins with */
  readonly agenda?: { readonly first: number; readonly beganAt: number }
}

/** What the board may ask for. */
export interface BoardEvents {
  /** a word to somebody, or to all */
  tell: (wanted: { to: number[]; text: string }, acknowledge: Acknowledge) => void
  /** the words of a hint of a step */
  hint: (wanted: { to: number[]; step: number; rung: number }, acknowledge: Acknowledge) => void
  /** the command that puts a step, behind one of its checkpoints, into `work/` */
  take: (wanted: { to: number[]; step: number; checkpoint: number }, acknowledge: Acknowledge) => void
  /** takes a red note down */
  helped: (wanted: { id: number }, acknowledge: Acknowledge) => void
  /** takes somebody off the board */
  remove: (wanted: { id: number }, acknowledge: Acknowledge) => void
  ask: (wanted: { text: string; answers: string[] }, acknowledge: Acknowledge) => void
  /** no more answers; the bars stay until the next question, or until it is put away */
  close: (wanted: { away: boolean }, acknowledge: Acknowledge) => void
  place: (wanted: { step: number; checkpoint: number }, acknowledge: Acknowledge) => void
  agenda: (wanted: { first: number; beganAt: number }, acknowledge: Acknowledge) => void
}

export interface StateEvents {
  course: (steps: readonly StepOnBoard[]) => void
  state: (state: BoardState) => void
}
