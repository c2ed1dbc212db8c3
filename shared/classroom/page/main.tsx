import { render } from 'preact'
import { Classroom } from './classroom.tsx'
import { connected, listen, status } from './server-state.ts'
import { WirePanel } from './wire-panel.tsx'

/** The whole classroom at `/`, the wire alone at `/wire`. */
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

const place = document.getElementById('page')
if (!place) throw new Error('index.html has a place for the page')
place.replaceChildren()
render(<Page />, place)
listen()

if (parent !== window) {
  document.documentElement.classList.add('framed')
  // Escape gives the slides their keys back; a page of another origin has to ask for it.
  addEventListener('keydown', ({ key }) => key === 'Escape' && parent.postMessage('leave this frame', '*'))
}
