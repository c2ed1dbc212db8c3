/** Markup that may be sent as it is. Only {@link html} makes it, so all that came from outside has been through it. */
export class Html {
  readonly #markup: string

  /** @param markup taken as it is */
  constructor(markup: string) {
    this.#markup = markup
  }

  toString(): string {
    return this.#markup
  }
}

/** A value in a template: a text stays text, a list stands one after the other, undefined and false are nothing. */
export type Value = string | number | Html | undefined | false | readonly Value[]

/**
 * A template of HTML: whatever is put in stays text, unless `html` made it.
 *
 * @example html`<p>${'<b>'}</p>` // <p>&lt;b&gt;</p>
 */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(
    parts.map((part, index) => (index === 0 ? '' : markupOf(values[index - 1])) + part).join(''),
  )
}

function markupOf(value: Value): string {
  if (value === undefined || value === false) return ''
  if (value instanceof Html) return value.toString()
  if (typeof value === 'object') return value.map(markupOf).join('')
  return escaped(String(value))
}

/** Text that HTML and SVG take for nothing but text, in an attribute as well. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
