import { escaped } from '#shared/serve/html'
import type { Result } from '../bench/result.ts'
import { render } from './render.ts'
import { type Deck, type Section, type Slide, slidesOf } from './source.ts'

/** A deck as a page for reveal.js: each slide a section, its notes beside it. */
export function deckPage(deck: Deck, result: Result): string {
  const slides = slidesOf(deck).map(({ slide, section }) => {
    const { title, body, notes } = render(slide, deck.name, { result })
    return (
      `<section id="${slide.id}" class="${slide.look}" data-title="${escaped(slide.title.replaceAll('`', ''))}">` +
      `${content(slide, section, title, body)}<aside class="notes">${notes}</aside></section>`
    )
  })
  return page({
    title: deck.title,
    style: ['/reveal.css', '/deck.css'],
    script: '/deck.js',
    body:
      `<main><div class="reveal" data-deck="${deck.name}"><div class="slides">\n${slides.join('\n')}\n</div></div>\n` +
      `<p class="way-back" hidden>Esc, or a click beside it: back to the slides</p></main>`,
  })
}

/** A deck as its presenter sees it: what is on the wall, what comes next, the notes, and the time. */
export function presenterPage(deck: Deck, result: Result): string {
  const slides = slidesOf(deck).map(({ slide, section }) => {
    const { notes } = render(slide, deck.name, { result })
    return (
      `<li data-id="${slide.id}" data-minutes="${slide.minutes}" data-section="${escaped(section.title)}" ` +
      `data-title="${escaped(slide.title.replaceAll('`', ''))}">${notes}</li>`
    )
  })
  return page({
    title: `Presenter: ${deck.title}`,
    style: ['/presenter.css'],
    script: '/presenter.js',
    body:
      `<header><h1><small>presenter</small> ${escaped(deck.title)}</h1><p id="clock" role="timer"></p><p id="pace" role="status"></p>` +
      `<button id="restart">Start the clock again</button></header>\n` +
      `<main data-deck="${deck.name}"><section class="now" aria-label="On the wall"><h2></h2><iframe title="The slide on the wall"></iframe></section>` +
      `<section class="next" aria-label="Next"><h2></h2><iframe title="The slide that comes next"></iframe></section>` +
      `<section class="notes" aria-label="Notes" tabindex="0"></section></main>\n` +
      `<nav aria-label="Slides"><button id="back">Back</button><label><span>Go to</span> <select id="jump"></select></label><button id="forth">Next</button></nav>\n` +
      `<ol id="all" hidden>\n${slides.join('\n')}\n</ol>`,
  })
}

/** A deck on paper: each slide on a page of its own, its notes below. */
export function handoutPage(deck: Deck, result: Result): string {
  const all = slidesOf(deck)
  const pages = all.map(({ slide, section }, index) => {
    const { title, body, notes } = render(slide, deck.name, { result })
    return (
      `<article><section class="${slide.look}">${content(slide, section, title, body)}</section>` +
      `<div class="notes">${notes}</div><footer>On the Wire · ${escaped(section.title)} · ${index + 1} of ${all.length}</footer></article>`
    )
  })
  return page({
    title: `Handout: ${deck.title}`,
    style: ['/deck.css', '/handout.css'],
    body: `<main>\n${pages.join('\n')}\n</main>`,
  })
}

/** The decks, each with its minutes and the ways into it. */
export function contentsPage(decks: readonly Deck[]): string {
  const items = decks.map((deck) => {
    const minutes = deck.sections.reduce((sum, section) => sum + section.minutes, 0)
    return (
      `<li><a href="/${deck.name}">${escaped(deck.title)}</a> <span>${slidesOf(deck).length} slides, ${minutes} minutes</span> ` +
      `<a href="/${deck.name}/presenter">presenter</a> <a href="/${deck.name}/handout">handout</a></li>`
    )
  })
  return page({
    title: 'The decks',
    style: ['/presenter.css'],
    body: `<main class="contents"><h1>On the Wire: the decks</h1><ul>${items.join('')}</ul></main>`,
  })
}

function content({ look, minutes }: Slide, section: Section, title: string, body: string): string {
  const level = look === 'title' ? 1 : 2
  const kicker = look === 'title' ? '' : `<p class="kicker">${escaped(section.title)}</p>`
  const time = look === 'turn' ? `<p class="minutes">${minutes} minutes</p>` : ''
  return `${kicker}<h${level}>${title}</h${level}>${time}\n<div class="content">${body}</div>`
}

function page({
  title,
  style,
  script,
  body,
}: {
  title: string
  style: string[]
  script?: string
  body: string
}) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="/static/favicon.svg">
${style.map((file) => `<link rel="stylesheet" href="${file}">`).join('\n')}
${script ? `<script type="module" src="${script}"></script>` : ''}
</head>
<body>
${body}
</body>
</html>
`
}
