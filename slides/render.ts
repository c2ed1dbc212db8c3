import { Advice } from '#shared/terminal/advice'
import { markdownFor } from '#shared/classroom/server/lesson-html'
import { findStep, firstWithSession, root } from '#shared/course/course'
import { Html, html } from '#shared/serve/html'
import type { Result } from '../bench/result.ts'
import { BrokenSlide } from './broken-slide.ts'
import { plainCode, quotedCode } from './code.ts'
import { chartOf } from './figures.ts'
import { hearsPicture } from './hears.ts'
import { type Deck, readDeck, type Slide, slidesOf } from './source.ts'
import { timelinePicture } from './timeline.ts'

/** A slide as HTML, and what is wrong with it. */
export interface Rendered {
  /** its title; code in it is code */
  readonly title: Html
  readonly body: Html
  readonly notes: Html
  /** a sentence each, naming the slide; they stand on it as well */
  readonly problems: readonly string[]
}

/** What a slide refers to, beside its own text. */
export interface Sources {
  /** the result that a chart shows, by the chart's name */
  readonly resultFor: (chart: string) => Result
  /** the project's folder, or that of a copy */
  readonly project?: string
}

/**
 * Renders a slide. What it refers to is looked up now, so it shows what stands in the files at this moment. Whatever is thrown
 * meanwhile is a problem of this slide, and the others are shown.
 *
 * @param deck its deck's name, `part-1`: pictures are found from there
 */
export function render(slide: Slide, deck: string, sources: Sources): Rendered {
  const problems: string[] = []
  const renderer = markdownFor(`slides/${deck}`)
  renderer.renderer.rules.fence = (tokens, index) => {
    const { info = '', content = '' } = tokens[index] ?? {}
    try {
      return fence(info.trim(), content, sources).toString()
    } catch (error) {
      const isExpected = error instanceof BrokenSlide || error instanceof Advice
      const why = isExpected ? error.message : String(error) // with its kind: this one is a mistake of the deck's own code
      const problem = `slide “${slide.title}” (${slide.id}), ${info.trim()}: ${why}`
      problems.push(problem)
      return html`<p class="broken" role="alert">${problem}</p>`.toString()
    }
  }
  return {
    title: new Html(renderer.renderInline(slide.title)),
    body: new Html(renderer.render(slide.body)),
    notes: new Html(renderer.render(slide.notes)),
    problems,
  }
}

/** @param info its kind, and behind it what it is about: `chart bytes` */
function fence(info: string, content: string, { resultFor, project = root }: Sources): Html {
  const [kind = '', ...others] = info.split(/\s+/)
  const about = others.join(' ')
  switch (kind) {
    case 'hears':
      return html`<figure>${hearsPicture(content)}</figure>`
    case 'timeline':
      return html`<figure>${timelinePicture(content, about)}</figure>`
    case 'chart':
      return chartOf(about, resultFor)
    case 'live':
      return livePlace(about)
    case 'agenda':
      return agenda(about)
    default:
      return about ? quotedCode(kind, about, content, project) : plainCode(kind, content)
  }
}

/** Where the running program and its wire come, once somebody looks; until then, and on paper, the way to them. */
function livePlace(about: string): Html {
  const step = findStep(about)
  // Both frames have one browser's cookies, as in the classroom.
  const windows =
    step.number < firstWithSession ? 'Ann’s window, Ben’s window' : 'One tab, Another tab of the same person'
  return html`<div class="live" data-step="${step.number}" data-windows="${windows}">
    <p class="instead">
      Live: the chat in two windows, and what crosses the wire. To have it on your own machine:
      <code>npm run step ${step.number}</code>
    </p>
  </div>`
}

/** The sections of a deck with their minutes. */
function agenda(about: string): Html {
  const sections = readDeck(about).sections.filter(({ minutes }) => minutes > 0)
  return html`<table class="agenda">
    <tbody>
      ${sections.map(
        ({ title, minutes }) =>
          html`<tr>
            <td>${title}</td>
            <td>${minutes} min</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** What is wrong with a deck: a sentence each, naming slide and step. */
export function problemsOf(deck: Deck, sources: Sources): string[] {
  return slidesOf(deck).flatMap(({ slide }) => render(slide, deck.name, sources).problems)
}
