import { doorOf, knowsDoors } from '#shared/classroom/doors'
import type { LiveNews, LiveSlide } from '../live-slides.ts'

const starting = 'The program starts…'
const taken = 'Another window of the slides has the program now, or the slides were started again.'
const unanswered = 'The slides’ server does not answer. It was stopped, most likely:  npm run slides'

/** The live slide that has the program, or waits for it. */
let shown: HTMLElement | undefined
/** the number by which the server knows it; undefined while it waits */
let showing: number | undefined
/** Goes up with each visit, so that what an earlier one has asked for comes to nothing. */
let visits = 0
let asking = new AbortController()
let latest: LiveNews | undefined
let stream: EventSource | undefined
/** Says that a frame has the keys, as long as it has. */
let wayBack: HTMLElement | undefined

/**
 * Brings the running program and its wire onto a slide, as soon as the step answers. It begins anew each time that another
 * live slide was shown meanwhile, which loses its own: there is one program.
 *
 * @param slide one that has a live place, or none
 */
export async function bringToLife(slide: HTMLElement): Promise<void> {
  takeKeysBack() // The presenter view turned the page, perhaps: a frame that nobody sees would have them still.
  const place = slide.querySelector<HTMLElement>('.live')
  if (!place || place === shown) return
  const mine = ++visits
  if (shown) empty(shown)
  asking.abort()
  asking = new AbortController()
  shown = place
  showing = undefined
  stream ??= listen()
  tell(place, starting)
  const live = await askFor(place.dataset.step ?? '', asking.signal)
  if (mine !== visits) return // somebody has turned the page meanwhile
  if ('problem' in live) {
    shown = undefined
    tell(place, live.problem)
    return
  }
  const hasDoors = await knowsDoors(live.wire)
  if (mine !== visits) return
  empty(place)
  place.append(frames(place.dataset.windows?.split(', ') ?? [], live, hasDoors))
  showing = live.showing
  if (latest) hear(latest)
}

async function askFor(step: string, signal: AbortSignal): Promise<LiveSlide | { problem: string }> {
  try {
    const response = await fetch('/run', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ step }),
      signal,
    })
    return response.ok ? await response.json() : { problem: await response.text() }
  } catch {
    return { problem: unanswered }
  }
}

/** What becomes of the program while its slide is shown. */
function listen(): EventSource {
  const events = new EventSource('/live')
  events.addEventListener('message', ({ data }) => hear(JSON.parse(data)))
  events.addEventListener('error', () => {
    if (shown && showing !== undefined) tell(shown, unanswered)
  })
  return events
}

function hear(news: LiveNews): void {
  latest = news
  if (!shown || showing === undefined) return
  if (news.showing < showing) return // It is about the slide before, and was late.
  if (news.showing === showing) return tell(shown, news.problem)
  const lost = shown
  shown = undefined
  showing = undefined
  empty(lost)
  tell(lost, taken)
  const again = document.createElement('button')
  again.textContent = 'Show it here'
  again.addEventListener('click', () => {
    const slide = lost.closest('section')
    if (slide) void bringToLife(slide)
  })
  lost.append(again)
}

function empty(place: HTMLElement): void {
  for (const part of place.querySelectorAll('.frames, [role=status], button')) part.remove()
  sayWhoHasKeys()
}

/** @param text undefined takes the line away */
function tell(place: HTMLElement, text: string | undefined): void {
  const before = place.querySelector('[role=status]')
  if (!text) return before?.remove()
  const line = before ?? document.createElement('p')
  line.setAttribute('role', 'status')
  line.textContent = text
  if (!before) place.prepend(line)
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
 * @param element says so, as long as a frame has them
 */
export function watchFocus(element: HTMLElement): void {
  wayBack = element
  // When a frame takes the focus, the window hears that it has lost it, and only then it is known to whom.
  window.addEventListener('blur', () => setTimeout(sayWhoHasKeys))
  window.addEventListener('focus', sayWhoHasKeys)
  window.addEventListener('message', ({ data, source }) => {
    const ours = [...document.querySelectorAll('iframe')].some((one) => one.contentWindow === source)
    if (!ours || data !== 'leave this frame') return
    takeKeysBack()
    window.focus()
  })
}

function takeKeysBack(): void {
  if (document.activeElement instanceof HTMLIFrameElement) document.activeElement.blur()
  sayWhoHasKeys()
}

function sayWhoHasKeys(): void {
  if (wayBack) wayBack.hidden = !(document.activeElement instanceof HTMLIFrameElement)
}
