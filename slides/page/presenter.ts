import { openChannel } from './channel.ts'
import { forgetCountdowns } from './countdown.ts'
import { beganAt, describePace, dueMs, formatDuration, formatTime, offMs, sectionEndMs } from './pace.ts'

const find = <Kind extends HTMLElement>(selector: string) => document.querySelector<Kind>(selector)!

const name = find('[data-deck]').dataset.deck ?? ''
const jump = find<HTMLSelectElement>('#jump')
const slides = [...jump.options]
const sections = slides.map((slide) => slide.closest('optgroup')?.label ?? '')
const minutes = slides.map(({ dataset }) => Number(dataset.minutes))
const notes = [...find('section.notes').children]
const channel = openChannel(name)
const storageKey = `${name} began`

let at = 0
let since = Date.now() // the slide has been shown since then

channel.hear((message) => {
  if (!('at' in message)) return
  show(slides.findIndex(({ value }) => value === message.at))
  if (message.isTold !== undefined) write('#room', message.isTold ? 'the room’s board is told' : '')
})
find('#back').addEventListener('click', () => go(at - 1))
find('#forth').addEventListener('click', () => go(at + 1))
find('#restart').addEventListener('click', begin)
jump.addEventListener('change', () => go(jump.selectedIndex))
document.addEventListener('keydown', (event) => {
  if (event.target === jump) return
  const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key]
  if (by === undefined) return
  event.preventDefault()
  go(at + by)
})

show(0)
channel.say({ ask: true })
setInterval(tick, 1_000)

function go(to: number) {
  const slide = slides[to]
  if (!slide) return
  show(to)
  channel.say({ go: slide.value })
}

function show(to: number) {
  if (!slides[to]) return
  if (to !== at) since = Date.now()
  at = to
  preview('.now', at)
  preview('.next', at + 1)
  for (const [index, one] of notes.entries()) one.toggleAttribute('hidden', index !== at)
  find('section.notes').scrollTo(0, 0)
  jump.selectedIndex = at
  // Whoever waits with the first slide for people to come has not begun.
  if (at > 0 && began() === undefined) begin()
  else tick()
}

function preview(place: string, index: number) {
  const slide = slides[index]
  const frame = find<HTMLIFrameElement>(`${place} iframe`)
  frame.hidden = !slide
  if (slide) frame.contentWindow?.location.replace(`/${name}?preview#/${slide.value}`)
}

/** In this browser: the presenter view may be closed, and opened again. */
function began(): number | undefined {
  return beganAt(localStorage.getItem(storageKey), Date.now())
}

/** As if everything so far had taken as long as planned: after a break, too. */
function begin() {
  localStorage.setItem(storageKey, String(Date.now() - dueMs(minutes, at)))
  forgetCountdowns(name)
  tick()
}

function tick() {
  const [now, start] = [Date.now(), began()]
  const place = `${at + 1} of ${slides.length} · ${sections[at]}`
  write('.next h2', slides[at + 1] ? 'Next' : 'That was the last one')
  if (start === undefined) {
    write('.now h2', place)
    write('#clock', formatTime(now))
    return write('#pace', 'the clock starts with the second slide')
  }
  const left = (minutes[at] ?? 0) * 60_000 - (now - since)
  const off = offMs(minutes, at, now - start)
  write('.now h2', `${place} · ends at ${formatTime(start + sectionEndMs(minutes, sections, at))}`)
  write('#clock', `${formatTime(now)} · ${formatDuration(now - start)} · this slide ${formatDuration(left)}`)
  write('#pace', describePace(off))
  find('#pace').dataset.off = off > 60_000 ? 'behind' : off < -60_000 ? 'ahead' : 'none'
}

/** A text that is the same is left alone: a screen reader would say it again. */
function write(selector: string, text: string) {
  const element = find(selector)
  if (element.textContent !== text) element.textContent = text
}
