import { useState } from 'preact/hooks'
import type { ServerState, Status } from '../protocol.ts'
import { ChatWindows } from './chat-windows.tsx'
import { ladder } from './ladder.ts'
import { PaneBar } from './pane-bar.tsx'
import { ProjectorMode } from './projector-mode.tsx'
import { act } from './server-state.ts'
import { WirePanel } from './wire-panel.tsx'

interface ServersPageProps {
  now: Status
  servers: readonly ServerState[]
}

/** Several servers, the chat in two windows, and the wire before all of them. */
export function ServersPage({ now, servers }: ServersPageProps) {
  const [problem, setProblem] = useState<string>()
  const ask = async (name: 'killServer' | 'startServer', server: number) => {
    setProblem(undefined)
    setProblem(await act(name, { server }))
  }
  void ladder.version.value // to be drawn again with each change
  const windows = [...ladder.servers.values()].flat()
  return (
    <main class="alone several">
      <header>
        <h1>
          <small>On the Wire</small> {now.place}
        </h1>
        <ProjectorMode />
      </header>
      <ul class="servers" aria-label="Servers">
        {servers.map((server, index) => (
          <ServerLine
            key={server.url}
            number={index + 1}
            server={server}
            windows={windows.filter((one) => one === index + 1).length}
            onClick={() => ask(server.is === 'dead' ? 'startServer' : 'killServer', index + 1)}
          />
        ))}
      </ul>
      {problem && <p role="alert">{problem}</p>}
      <ChatWindows now={now} withAccounts />
      <PaneBar name="--pane-windows" is="horizontal" label="Windows and wire" initial={42} />
      <WirePanel now={now} />
    </main>
  )
}

interface ServerLineProps {
  number: number
  server: ServerState
  /** how many are connected to it */
  windows: number
  /** kills it, or starts it again */
  onClick: () => void
}

const describeState = { running: 'runs', starting: 'is starting…', dead: 'is dead' }

/** One server: where, how it is, who is there, and what can be done to it. */
function ServerLine({ number, server: { url, pid, is, why }, windows, onClick }: ServerLineProps) {
  const isRunning = is === 'running'
  const label = isRunning ? 'Kill' : 'Start again'
  return (
    <li data-is={is}>
      <button
        aria-label={`${label} server ${number}`}
        aria-disabled={is === 'starting'}
        title={isRunning ? `kill -9 ${pid}` : undefined}
        onClick={is === 'starting' ? undefined : onClick}
      >
        {label}
      </button>
      <b>server {number}</b>
      {is !== 'dead' && (
        <a href={url} target="_blank" rel="noreferrer">
          {new URL(url).host}
        </a>
      )}
      <span role="status">
        {describeState[is]}
        {why && `: ${why}`}
      </span>
      {isRunning && (
        <span>
          {windows} {windows === 1 ? 'window' : 'windows'}
        </span>
      )}
    </li>
  )
}
