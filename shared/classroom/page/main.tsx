import { render } from 'preact'
import { classroomHost, knowsDoors } from '../doors.ts'
import { Classroom } from './classroom.tsx'
import { listenToWindows } from './pointing.ts'
import { ServersPage } from './servers-page.tsx'
import { connected, listen, status } from './server-state.ts'
import { WirePanel } from './wire-panel.tsx'

/** The whole classroom at `/`, or two windows and several servers; the wire alone at `/wire`. */
function Page() {
  const now = status.value
  if (!now) return <p class="waiting">Connecting…</p>
  return (
    <>
      {!connected.value && (
        <p class="banner" role="alert">
          The workshop does not answer. It was stopped, most likely: <kbd>{now.command}</kbd> starts it again.
        </p>
      )}
      {now.course && location.pathname === '/' ? (
        <Classroom now={now} course={now.course} />
      ) : now.servers && location.pathname === '/' ? (
        <ServersPage now={now} servers={now.servers} />
      ) : (
        <main class="alone">
          <h1>
            <small>On the Wire</small> {now.place}
          </h1>
          <WirePanel now={now} />
        </main>
      )}
    </>
  )
}

/**
 * Goes on at wire.localhost where the browser knows that name: there each window has a session of its own.
 *
 * @returns whether this page is left
 */
async function goesWhereWindowsHaveDoors(): Promise<boolean> {
  if (parent !== window || location.pathname !== '/' || location.hostname === classroomHost) return false
  if (!(await knowsDoors(location.origin))) return false
  location.replace(`http://${classroomHost}:${location.port}`)
  return true
}

function begin(): void {
  const place = document.getElementById('page')
  if (!place) throw new Error('index.html has a place for the page')
  place.replaceChildren()
  render(<Page />, place)
  listen()
  listenToWindows()
}

if (!(await goesWhereWindowsHaveDoors())) begin()

if (parent !== window) {
  document.documentElement.classList.add('framed')
  // Escape gives the slides their keys back; a page of another origin has to ask for it.
  addEventListener('keydown', ({ key }) => key === 'Escape' && parent.postMessage('leave this frame', '*'))
}
