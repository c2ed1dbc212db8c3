import { doorOf, knowsDoors } from '#shared/classroom/doors'
import type { LiveSlide } from '../live-slides.ts'

const starting = 'The program starts…'

/** The live slide that has the program; it is one program, and changes from step to step. */
let shown: HTMLElement | undefined

/**
 * Brings the running program and its wire onto a slide, as soon as the step answers. Slides of other steps lose theirs:
 * they would show the wrong program.
 *
 * @param slide one that has a live place, or none
 */
export async function bringToLife(slide: HTMLElement): Promise<void> {
  const place = slide.querySelector<HTMLElement>('.live')
  if (!place || place === shown) return
  if (shown) shown.querySelector('.frames')?.remove()
  shown = place
  tell(place, starting)
  const live = await askFor(place.dataset.step ?? '')
  if (shown !== place) return // somebody has turned the page meanwhile
  if ('problem' in live) {
    shown = undefined
    tell(place, live.problem)
    return
  }
  place.querySelector('[role=status]')?.remove()
  const hasDoors = !('problem' in live) && (await knowsDoors(live.wire))
  if (shown === place) place.append(frames(place.dataset.windows?.split(', ') ?? [], live, hasDoors))
}

async function askFor(step: string): Promise<LiveSlide | { problem: string }> {
  try {
    const response = await fetch('/run', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ step }),
    })
    return response.ok ? await response.json() : { problem: await response.text() }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return {
      problem: `The slides’ server does not answer (${why}). It was stopped, most likely: npm run slides`,
    }
  }
}

function tell(place: HTMLElement, text: string) {
  const line = place.querySelector('[role=status]') ?? document.createElement('p')
  line.setAttribute('role', 'status')
  line.textContent = text
  place.append(line)
}

/** @param hasDoors a window that is somebody's, `Ann’s window`, comes in by a name of its own, so that the wire knows it */
function frames(windows: readonly string[], { chat, wire }: LiveSlide, hasDoors: boolean): HTMLElement {
  const all = document.createElement('div')
  all.className = 'frames'
  const addressOf = (title: string) => {
    const [, name] = /^(\w+)’s window$/.exec(title) ?? []
    return hasDoors && name ? doorOf(chat, name) : chat
  }
  all.append(...windows.map((title) => frame(title, addressOf(title))), frame('The wire', wire))
  return all
}

function frame(title: string, url: string): HTMLElement {
  const figure = document.createElement('figure')
  const screen = document.createElement('div')
  const window = document.createElement('iframe')
  const caption = document.createElement('figcaption')
  window.title = title
  window.src = url
  caption.textContent = title
  screen.className = 'screen'
  screen.append(window)
  figure.append(caption, screen)
  return figure
}

/**
 * A frame that has the focus has all keys as well. Escape gives them back to the slides, and so does a click beside it.
 *
 * @param wayBack says so, as long as a frame has them
 */
export function watchFocus(wayBack: HTMLElement): void {
  const look = () => {
    wayBack.hidden = !(document.activeElement instanceof HTMLIFrameElement)
  }
  // When a frame takes the focus, the window hears that it has lost it, and only then it is known to whom.
  window.addEventListener('blur', () => setTimeout(look))
  window.addEventListener('focus', look)
  window.addEventListener('message', ({ data, source }) => {
    const ours = [...document.querySelectorAll('iframe')].some((one) => one.contentWindow === source)
    if (!ours || data !== 'leave this frame') return
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    window.focus()
    look()
  })
}
