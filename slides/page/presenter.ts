import { openChannel } from './channel.ts'
import { clockOf, dueMs, offMs, paceInWords } from './pace.ts'

const find = <Kind extends HTMLElement>(selector: string) => document.querySelector<Kind>(selector)!

const name = find('[data-deck]').dataset.deck ?? ''
const all = [...document.querySelectorAll<HTMLElement>('#all > li')]
const minutes = all.map(({ dataset }) => Number(dataset.minutes))
const [now, next, notes] = [find('.now'), find('.next'), find('section.notes')]
const jump = find<HTMLSelectElement>('#jump')
const channel = openChannel(name)
/** In this window alone: another day begins anew. */
const kept = `${name} began`

let at = 0
let since = Date.now() // the slide has been on the wall since then

for (const { dataset } of all) {
  const group =
    [...jump.children].find((one) => one.getAttribute('label') === dataset.section) ??
    jump.appendChild(Object.assign(document.createElement('optgroup'), { label: dataset.section }))
  group.append(new Option(`${dataset.title}`, dataset.id))
}

channel.hear((word) => {
  if ('at' in word) show(all.findIndex(({ dataset }) => dataset.id === word.at))
})
find('#back').addEventListener('click', () => go(at - 1))
find('#forth').addEventListener('click', () => go(at + 1))
find('#restart').addEventListener('click', () => {
  begin()
  tick()
})
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
  const slide = all[to]
  if (!slide?.dataset.id) return
  show(to)
  channel.say({ go: slide.dataset.id })
}

function show(to: number) {
  const slide = all[to]
  if (!slide) return
  if (to !== at) since = Date.now()
  at = to
  // Whoever waits with the first slide for people to come has not begun.
  if (at > 0 && !sessionStorage.getItem(kept)) begin()
  place(now, slide, `${at + 1} of ${all.length} · ${slide.dataset.section}`)
  place(next, all[at + 1], 'Next')
  notes.innerHTML = slide.innerHTML // our own notes, rendered by our own server
  notes.scrollTo(0, 0)
  jump.value = slide.dataset.id ?? ''
  tick()
}

function place(where: HTMLElement, slide: HTMLElement | undefined, heading: string) {
  const frame = where.querySelector('iframe')
  const title = where.querySelector('h2')
  if (title) title.textContent = slide ? heading : 'That was the last one'
  if (!frame) return
  frame.hidden = !slide
  if (slide) frame.contentWindow?.location.replace(`/${name}?preview#/${slide.dataset.id}`)
}

/** As if everything so far had taken as long as planned: after a break, too. */
function begin() {
  sessionStorage.setItem(kept, String(Date.now() - dueMs(minutes, at)))
}

function tick() {
  const began = Number(sessionStorage.getItem(kept) ?? Number.NaN)
  const pace = find('#pace')
  if (Number.isNaN(began)) {
    find('#clock').textContent = 'not begun'
    pace.textContent = 'the clock starts with the second slide'
    return
  }
  const elapsed = Date.now() - began
  const off = offMs(minutes, at, elapsed)
  const left = (minutes[at] ?? 0) * 60_000 - (Date.now() - since)
  find('#clock').textContent =
    `${clockOf(elapsed)} · this slide ${left >= 0 ? clockOf(left) : `−${clockOf(-left)}`}`
  const words = paceInWords(off)
  if (pace.textContent !== words) pace.textContent = words
  pace.dataset.off = off > 60_000 ? 'behind' : off < -60_000 ? 'ahead' : 'none'
}
