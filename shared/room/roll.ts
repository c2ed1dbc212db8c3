import { createHash, randomBytes, randomInt } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { maxNameLength } from './fields.ts'
import type { BoardState, Note, Person, Question, Report } from './room-events.ts'

const letters = 'abcdefghjkmnpqrstuvwxyz' // without i, l and o, which look like digits from the last row
const mostPeople = 1_000 // phones among them
const mostPhones = 500 // so that there is a seat for each laptop, however many phones vote
const slackMs = 500 // a report is on its way for a while

const schema = `
  create table if not exists settings (name text primary key, value text not null) strict;
  create table if not exists people (
    id integer primary key autoincrement,
    token text not null unique, -- its hash: who reads this file is nobody else by that
    name text, -- null for a phone
    name_key text unique,
    step integer,
    joined_at integer not null,
    heard_at integer not null,
    help_at integer,
    helped_at integer not null default 0,
    noted integer not null default 0
  ) strict;
  create table if not exists passed (
    person integer not null references people on delete cascade,
    step integer not null,
    task integer not null, -- 0 is the whole step
    at integer not null,
    primary key (person, step, task)
  ) strict, without rowid;
  create table if not exists notes (
    id integer primary key autoincrement,
    person integer not null references people on delete cascade,
    text text not null
  ) strict;
  create index if not exists notes_of on notes (person, id);
  create table if not exists questions (
    id integer primary key autoincrement, text text not null, answers text not null, is_open integer not null
  ) strict;
  create table if not exists votes (
    question integer not null references questions,
    person integer not null references people on delete cascade,
    answer integer not null,
    primary key (question, person)
  ) strict, without rowid;`

/** Something that the roll does not do, in words for the guest who asked. */
export class Refusal extends Error {
  override name = 'Refusal'
}

interface PersonRow {
  id: number
  name: string
  step: number | null
  joined_at: number
  heard_at: number
  help_at: number | null
  noted: number
}

export type Roll = ReturnType<typeof openRoll>

/**
 * All that a room knows, in one file: what is written there is there when the program has died the next moment.
 *
 * @param file absolute; it is made when it is not there, with a code of six letters
 * @throws SqliteError when it is no such file
 */
export function openRoll(file: string) {
  mkdirSync(dirname(file), { recursive: true })
  const database = new Database(file, { timeout: 500 })
  database.pragma('journal_mode = WAL')
  database.pragma('foreign_keys = ON')
  database.exec(schema)

  const setting = database.prepare<[string], string>('select value from settings where name = ?').pluck()
  const set = database.prepare('insert or replace into settings values (?, ?)')
  const add = database.prepare(
    'insert into people (token, name, name_key, joined_at, heard_at) values (?, ?, ?, ?, ?)',
  )
  const byToken = database.prepare<[string], { id: number; name: string | null }>(
    'select id, name from people where token = ?',
  )
  const isNameTaken = database.prepare<[string, number], number>(
    'select 1 from people where name_key = ? and id <> ?',
  )
  const pass = database.prepare('insert or ignore into passed values (?, ?, ?, ?)')
  const addNote = database.prepare('insert into notes (person, text) values (?, ?)')
  const notesAfter = database.prepare<[number, number], Note>(
    'select id, text from notes where person = ? and id > ? order by id limit 20',
  )
  const timesOf = database.prepare<[number], { joined_at: number; helped_at: number }>(
    'select joined_at, helped_at from people where id = ?',
  )
  const rows = database.prepare<[], PersonRow>(
    'select * from people where name is not null order by name_key',
  )
  const passedRows = database.prepare<
    [],
    { person: number; step: number; tasks: number; doneAt: number | null; at: number }
  >(
    `select person, step, sum(task > 0) as tasks, max(iif(task = 0, at, null)) as doneAt, max(at) as at
     from passed group by person, step`,
  )
  const unreadRows = database.prepare<[], { person: number; unread: number }>(
    'select person, count(*) as unread from notes join people on people.id = person where notes.id > noted group by person',
  )
  const lastQuestion = database.prepare<[], { id: number; text: string; answers: string; is_open: number }>(
    'select * from questions order by id desc limit 1',
  )
  const voteRows = database.prepare<[number], { answer: number; votes: number }>(
    'select answer, count(*) as votes from votes where question = ? group by answer',
  )
  const vote = database.prepare('insert or replace into votes values (?, ?, ?)')
  const voteOf = database
    .prepare<[number, number], number>('select answer from votes where question = ? and person = ?')
    .pluck()
  const countPhones = database.prepare<[], number>('select count(*) from people where name is null').pluck()
  const countAll = database.prepare<[], number>('select count(*) from people').pluck()

  const read = <Value>(name: string): Value | undefined => {
    const text = setting.get(name)
    return text === undefined ? undefined : JSON.parse(text)
  }
  if (!read('code')) set.run('code', JSON.stringify(newCode()))

  /** `Ben`, or `Ben 2` where somebody else is Ben; a long name loses its end, so that a laptop takes it as a name. */
  function freeName(wanted: string, id: number): string {
    for (let count = 1; ; count++) {
      const name = count === 1 ? wanted : numbered(wanted, ` ${count}`)
      if (!isNameTaken.get(keyOf(name), id)) return name
    }
  }

  return {
    /** the six letters without which nobody gets in */
    code: read<string>('code') ?? '',
    get place() {
      return read<BoardState['place']>('place')
    },
    get agenda() {
      return read<BoardState['agenda']>('agenda')
    },
    set(name: 'place' | 'agenda', value: object): void {
      set.run(name, JSON.stringify(value))
    },
    /**
     * Gives somebody a seat.
     *
     * @param name undefined for a phone
     * @returns the secret by which they are known from now on, and the name that they got
     * @throws Refusal when the room is full
     */
    join(name: string | undefined, now = Date.now()) {
      const isFull = name === undefined && (countPhones.get() ?? 0) >= mostPhones
      if (isFull || (countAll.get() ?? 0) >= mostPeople) throw new Refusal('This room is full.')
      const token = randomBytes(18).toString('base64url')
      const got = name === undefined ? undefined : freeName(name, 0)
      const { lastInsertRowid } = add.run(hashOf(token), got ?? null, got ? keyOf(got) : null, now, now)
      return { id: Number(lastInsertRowid), token, name: got ?? '' }
    },
    /** Who has this secret. */
    whoHas: (token: string) => byToken.get(hashOf(token)),
    /** @returns the name that they got */
    rename(id: number, name: string): string {
      const got = freeName(name, id)
      database.prepare('update people set name = ?, name_key = ? where id = ?').run(got, keyOf(got), id)
      return got
    },
    heard(id: number, now = Date.now()): void {
      database.prepare('update people set heard_at = ? where id = ?').run(now, id)
    },
    /**
     * Keeps what a laptop tells of its learner. What has passed once stays passed, at the time when it did first.
     *
     * @returns the notes that were not shown there yet, and whether the red note was taken down since it was put up
     */
    report: database.transaction((id: number, told: Report, now = Date.now()) => {
      const at = (ago: number) => now - ago * 1_000
      for (const { number, tasks, doneAgo } of told.steps) {
        for (const [task, ago] of tasks) if (task > 0) pass.run(id, number, task, at(ago))
        if (doneAgo !== undefined) pass.run(id, number, 0, at(doneAgo))
      }
      const { joined_at = now, helped_at = 0 } = timesOf.get(id) ?? {}
      // Nobody has waited for longer than they have been here, whatever they say: the longest wait is first in the list.
      const askedAt = told.helpAgo === undefined ? undefined : Math.max(joined_at, at(told.helpAgo))
      const isHelped = askedAt !== undefined && askedAt <= helped_at + slackMs
      const asks = askedAt !== undefined && !isHelped
      database
        .prepare(
          `update people set step = ?, heard_at = ?, noted = max(noted, ?),
             help_at = iif(?, coalesce(help_at, ?), null) where id = ?`, // the first time counts
        )
        .run(told.step ?? null, now, told.noted, Number(asks), askedAt ?? null, id)
      return { notes: notesAfter.all(id, told.noted), isHelped }
    }),
    helped(id: number, now = Date.now()): void {
      database.prepare('update people set help_at = null, helped_at = ? where id = ?').run(now, id)
    },
    leave(id: number): void {
      database.prepare('delete from people where id = ?').run(id)
    },
    /** Keeps a word to these people; who is not there any more is left out. */
    tell: database.transaction((to: readonly number[], text: string): { to: number; note: Note }[] => {
      const there = new Set(rows.all().map(({ id }) => id))
      return [...new Set(to)]
        .filter((id) => there.has(id))
        .map((id) => ({ to: id, note: { id: Number(addNote.run(id, text).lastInsertRowid), text } }))
    }),
    ask: database.transaction((text: string, answers: readonly string[]): void => {
      database.prepare('update questions set is_open = 0').run()
      database
        .prepare('insert into questions (text, answers, is_open) values (?, ?, 1)')
        .run(text, JSON.stringify(answers))
      set.run('asked', 'true')
    }),
    /** @param away it is no longer shown */
    closeQuestion(away: boolean): void {
      database.prepare('update questions set is_open = 0').run()
      if (away) set.run('asked', 'false')
    },
    /**
     * The question that the room is asked, with its bars.
     *
     * @param id whose answer it has; who has not answered an open one sees no bars
     */
    question(id?: number): Question | undefined {
      const row = read<boolean>('asked') ? lastQuestion.get() : undefined
      if (!row) return undefined
      const answers: string[] = JSON.parse(row.answers)
      const counts = answers.map(() => 0)
      for (const { answer, votes } of voteRows.all(row.id)) counts[answer] = votes
      const mine = id === undefined ? undefined : voteOf.get(row.id, id)
      const isOpen = row.is_open === 1
      const isShown = id === undefined || mine !== undefined || !isOpen
      return { id: row.id, text: row.text, answers, isOpen, mine, ...(isShown && { counts }) }
    },
    /** @throws Refusal when that question is not open, or has no such answer */
    vote(id: number, question: number, answer: number): void {
      const asked = this.question()
      if (!asked?.isOpen || asked.id !== question) throw new Refusal('That question is closed.')
      if (answer >= asked.answers.length) throw new Refusal('The question has no such answer.')
      vote.run(question, id, answer)
    },
    /** @param isHere whether a laptop of theirs is connected */
    people(isHere: (id: number) => boolean): Person[] {
      const unread = new Map(unreadRows.all().map((row) => [row.person, row.unread]))
      const passed = passedRows.all()
      return rows.all().map((row) => {
        const own = passed.filter(({ person }) => person === row.id)
        return {
          id: row.id,
          name: row.name,
          isHere: isHere(row.id),
          step: row.step ?? undefined,
          tasks: Object.fromEntries(own.map(({ step, tasks }) => [step, tasks])),
          done: Object.fromEntries(
            own.flatMap(({ step, doneAt }) => (doneAt === null ? [] : [[step, doneAt]])),
          ),
          joinedAt: row.joined_at,
          passedAt: Math.max(row.joined_at, ...own.map(({ at }) => at)),
          heardAt: row.heard_at,
          helpAt: row.help_at ?? undefined,
          unread: unread.get(row.id) ?? 0,
        }
      })
    },
    phones: (): number => countPhones.get() ?? 0,
    close: (): void => void database.close(),
  }
}

function numbered(name: string, ending: string): string {
  const characters = [...name] // so that none is cut in two
  while (characters.join('').length + ending.length > maxNameLength) characters.pop()
  return characters.join('').trimEnd() + ending
}

/** Names that look alike are one. */
function keyOf(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s+/g, ' ').toLowerCase()
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64')
}

function newCode(): string {
  return Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('')
}
