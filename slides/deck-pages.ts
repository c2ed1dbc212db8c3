import { type Html, html } from '#shared/serve/html'
import { render, type Sources } from './render.ts'
import { type Deck, type Section, type Sheet, type Slide, slidesOf } from './source.ts'

/** A deck as a page for reveal.js: each slide a section, its notes beside it. */
export function deckPage(deck: Deck, sources: Sources): Html {
  const slides = slidesOf(deck).map(({ slide, section }) => {
    const { title, body, notes } = render(slide, deck.name, sources)
    return html`<section id="${slide.id}" class="${slide.look}" data-title="${plain(slide.title)}" data-step="${section.step?.number}">
      ${content(slide, section, title, body)}
      <aside class="notes">${notes}</aside>
    </section>`
  })
  return page({
    title: deck.title,
    isAlwaysLight: true,
    style: ['/reveal.css', '/deck.css'],
    script: '/deck.js',
    body: html`<main>
      <div class="reveal" data-deck="${deck.name}"><div class="slides">${slides}</div></div>
      <p class="way-back" hidden>Esc, or a click beside it: back to the slides</p>
    </main>`,
  })
}

/** A deck as its presenter sees it: the slide that is shown, the next one, the notes, and the time. */
export function presenterPage(deck: Deck, sources: Sources): Html {
  const options = deck.sections.map(
    ({ title, slides }) =>
      html`<optgroup label="${title}">
        ${slides.map(
          (slide) =>
            html`<option value="${slide.id}" data-minutes="${slide.minutes}">${plain(slide.title)}</option>`,
        )}
      </optgroup>`,
  )
  const notes = slidesOf(deck).map(
    ({ slide }) => html`<div hidden>${render(slide, deck.name, sources).notes}</div>`,
  )
  return page({
    title: `Presenter: ${deck.title}`,
    style: ['/presenter.css'],
    script: '/presenter.js',
    body: html`<header>
        <h1><small>presenter</small> ${deck.title}</h1>
        <p id="clock" role="timer"></p>
        <p id="pace" role="status"></p>
        <p id="room" role="status"></p>
        <button id="restart">Start the clock again</button>
      </header>
      <main data-deck="${deck.name}">
        <section class="now" aria-label="On the wall">
          <h2></h2>
          <iframe title="The slide on the wall"></iframe>
        </section>
        <section class="next" aria-label="Next">
          <h2></h2>
          <iframe title="The slide that comes next"></iframe>
        </section>
        <section class="notes" aria-label="Notes" tabindex="0">${notes}</section>
      </main>
      <nav aria-label="Slides">
        <button id="back">Back</button>
        <label><span>Go to</span> <select id="jump">${options}</select></label>
        <button id="forth">Next</button>
      </nav>`,
  })
}

/**
 * A deck on paper: two slides a page, the notes of each below it.
 *
 * @param withNotes false leaves lines to write on in their place
 */
export function handoutPage(deck: Deck, sources: Sources, withNotes = true): Html {
  const all = slidesOf(deck)
  const pages = all.map(({ slide, section }, index) => {
    const { title, body, notes } = render(slide, deck.name, sources)
    return html`<article>
      <section class="${slide.look}">${content(slide, section, title, body)}</section>
      ${withNotes ? html`<div class="notes">${notes}</div>` : html`<div class="notes own"></div>`}
      <footer>On the Wire · ${section.title} · ${index + 1} of ${all.length}</footer>
    </article>`
  })
  return page({
    title: `Handout: ${deck.title}`,
    isAlwaysLight: true,
    style: ['/deck.css', '/handout.css'],
    body: html`<main>${pages}</main>`,
  })
}

/** Sheets of paper for everybody, a page each. */
export function paperPage(sheets: readonly Sheet[], sources: Sources): Html {
  const pages = sheets.map(({ title, body }) => {
    const slide = { id: title, title, minutes: 0, look: 'plain', body, notes: '' } as const
    return html`<article class="sheet">
      <h1>${title}</h1>
      ${render(slide, 'paper', sources).body}
      <footer>On the Wire</footer>
    </article>`
  })
  return page({
    title: 'Paper: On the Wire',
    isAlwaysLight: true,
    style: ['/deck.css', '/handout.css'],
    body: html`<main>${pages}</main>`,
  })
}

/** The decks, each with its minutes and the ways into it. */
export function contentsPage(decks: readonly Deck[]): Html {
  const items = decks.map((deck) => {
    const minutes = deck.sections.reduce((sum, section) => sum + section.minutes, 0)
    return html`<li>
      <a href="/${deck.name}">${deck.title}</a>
      <span>${slidesOf(deck).length} slides, ${minutes} minutes</span>
      <a href="/${deck.name}/presenter">presenter</a> <a href="/${deck.name}/handout">handout</a>
      <a href="/${deck.name}/handout?notes=none">handout without answers</a>
    </li>`
  })
  return page({
    title: 'The decks',
    style: ['/presenter.css'],
    body: html`<main class="contents">
      <h1>On the Wire: the decks</h1>
      <ul>${items}</ul>
      <p><a href="/paper">Paper</a>: a page of everything, and the sheet of an exercise</p>
    </main>`,
  })
}

function content({ look, minutes }: Slide, section: Section, title: Html, body: Html): Html {
  const heading =
    look === 'title'
      ? html`<h1>${title}</h1>`
      : html`<p class="kicker">${section.title}</p>
          <h2>${title}</h2>`
  return html`${heading} ${look === 'turn' && html`<p class="minutes" role="timer" data-minutes="${minutes}">${minutes} minutes</p>`}
    <div class="content">${body}</div>`
}

/** A title without the marks of its code. */
function plain(title: string): string {
  return title.replaceAll('`', '')
}

interface Page {
  title: string
  style: readonly string[]
  script?: string
  body: Html
  isAlwaysLight?: boolean
}

function page({ title, style, script, body, isAlwaysLight = false }: Page): Html {
  return html`<!doctype html>
    <html lang="en" class="${isAlwaysLight && 'always-light'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="/static/favicon.svg" />
        ${style.map((file) => html`<link rel="stylesheet" href="${file}" />`)}
        ${script && html`<script type="module" src="${script}"></script>`}
      </head>
      <body>
        ${body}
      </body>
    </html> `
}
