import { useEffect, useRef, useState } from 'preact/hooks'
import { classroomHost, doorOf } from '../doors.ts'
import type { Status } from '../protocol.ts'
import { CrashCard, type Crash } from './crash-card.tsx'
import { ladder } from './ladder.ts'

/** Where browsers know no names below localhost, both frames have one browser's cookies. */
const tabsOfOnePerson = ['One tab', 'Another tab of the same person']
const twoPeople = ['Ann', 'Ben']

/** A window of the program: whose it is, and where it comes in. */
interface ChatWindow {
  name: string
  url: string
}

/** @returns Ann and Ben, each by a door of their own; or one person's two tabs where a cookie says who one is */
function windowsOf({ url }: Status, withAccounts: boolean): ChatWindow[] {
  if (location.hostname === classroomHost) {
    return twoPeople.map((name) => ({ name: `${name}’s window`, url: doorOf(url, name) }))
  }
  return (withAccounts ? tabsOfOnePerson : twoPeople.map((name) => `${name}’s window`)).map((name) => ({
    name,
    url,
  }))
}

interface ChatWindowsProps {
  now: Status
  withAccounts: boolean
  /** stands in place of the windows, which stay as they are behind it */
  crash?: Crash
}

/** The program twice, as two people see it, or one person in two tabs once a cookie says who one is. */
export function ChatWindows({ now, withAccounts, crash }: ChatWindowsProps) {
  const { place } = now
  const people = location.hostname === classroomHost ? twoPeople : [] // otherwise nobody knows whose connection is whose
  const [loads, setLoads] = useState(0)
  useEffect(() => ladder.setWindows(people), [])
  return (
    <section class="windows" aria-label="The program in two windows" data-crashed={crash !== undefined}>
      {crash && <CrashCard crash={crash} />}
      {windowsOf(now, withAccounts).map(({ name, url }, index) => (
        <figure key={name}>
          <div class="frame">
            <ChatFrame key={loads} title={`${name}: ${place}`} url={url} start={now} />
          </div>
          <figcaption>
            {name} {people[index] && <ServerOf guest={people[index]} />}
            <a href={url} target="_blank" rel="noreferrer">
              open it large
            </a>
            {index === 1 && <button onClick={() => setLoads(loads + 1)}>Load both again</button>}
          </figcaption>
        </figure>
      ))}
    </section>
  )
}

/** At which of several servers somebody's window is, as long as it is connected. */
function ServerOf({ guest }: { guest: string }) {
  void ladder.version.value // to be drawn again with each change
  const server = ladder.servers.get(guest)?.at(-1)
  return <b role="status">{server !== undefined && `server ${server}`}</b>
}

/** One window. After an edit most pages reload themselves, and say so when they are loaded; others are reloaded here. */
function ChatFrame({ title, url, start }: { title: string; url: string; start: ProgramStart }) {
  const [loads, setLoads] = useState(0)
  const frame = useRef<HTMLIFrameElement>(null)
  const shown = useRef(start)
  const saidSo = useRef(false) // since the last page was loaded
  const reloadsItself = useRef(false)

  useEffect(() => {
    const hear = ({ data, source }: MessageEvent) => {
      if (source === frame.current?.contentWindow && data === 'reloads itself') saidSo.current = true
    }
    addEventListener('message', hear)
    return () => removeEventListener('message', hear)
  }, [])

  useEffect(() => {
    if (!hasStarted(shown.current, start)) return
    if (isToBeLoaded(shown.current, start, reloadsItself.current)) setLoads((before) => before + 1)
    shown.current = start
  }, [start.born, start.runs, start.starts])

  const onLoad = () => {
    reloadsItself.current = saidSo.current // an error page in its place does not say so
    saidSo.current = false
  }
  return <iframe key={loads} ref={frame} title={title} src={url} onLoad={onLoad} />
}

/** Which program is behind the windows, and how often it has started. */
type ProgramStart = Pick<Status, 'born' | 'runs' | 'starts'>

/** Whether a program has started since then. */
function hasStarted(before: ProgramStart, now: ProgramStart): boolean {
  return now.starts > (before.born === now.born ? before.starts : 0)
}

/**
 * Whether the classroom has to load a window. Each window is to be loaded once a start: after an edit most pages do that
 * themselves.
 *
 * @param shown the start that the window shows
 * @param reloadsItself whether the page in it waits to be told, and reloads itself
 */
export function isToBeLoaded(shown: ProgramStart, now: ProgramStart, reloadsItself: boolean): boolean {
  const isAnother = now.born !== shown.born || now.runs !== shown.runs
  return hasStarted(shown, now) && (isAnother || !reloadsItself)
}
