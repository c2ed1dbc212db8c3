import { readFile } from 'node:fs/promises'
import { escaped } from '../../serve/html.ts'
import { join, posix } from 'node:path'
import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import diff from 'highlight.js/lib/languages/diff'
import http from 'highlight.js/lib/languages/http'
import json from 'highlight.js/lib/languages/json'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import MarkdownIt from 'markdown-it'
import { anchorOf } from '../../course/anchor.ts'
import { root, steps, type Step } from '../../course/course.ts'
import { isProgram } from '../../course/lesson.ts'

const languages = { bash, diff, http, json, typescript, xml }
const called: Record<string, keyof typeof languages> = {
  ts: 'typescript',
  html: 'xml',
  sh: 'bash',
  diff: 'diff',
  http: 'http',
  json: 'json',
}
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language)

/** A click on a picture shows it in its own size, for a lesson's column is narrow. */
const inClassroom = { picturesOpen: true }

/** In the classroom's own page, whose script copies a block; the blocks of a lesson that is a program are typed or copied. */
const inColumn = { ...inClassroom, copies: true }

/** On a page of its own, where links to lessons lead to such a page, too. */
const onItsOwn = { ...inClassroom, beside: true }

const besides =
  '\n\n---\n\n[Glossary](../../GLOSSARY.md) · [When not to use a WebSocket](../12-board/README.md#when-not-to-use-a-websocket) · [What a message costs](../../bench/newest)\n'

/** A step's lesson as HTML. Links to other lessons carry `data-step`, with the step's number. */
export async function lessonOf(step: Step): Promise<string> {
  const markdown = forClassroom(await readFile(join(step.dir, 'README.md'), 'utf8'))
  return markdownFor(`steps/${step.name}`).render(
    markdown + besides,
    isProgram(markdown) ? inColumn : inClassroom,
  )
}

/**
 * A lesson as the classroom shows it. It is written for terminals; between `<!-- in a terminal -->` and `<!-- end -->` stands
 * what is not so here, and a comment that begins with `<!-- in the classroom` holds what is so instead.
 *
 * @param markdown as in the file
 */
export function forClassroom(markdown: string): string {
  return markdown
    .replaceAll(/^<!-- in a terminal -->\n.*?^<!-- end -->\n/gms, '')
    .replaceAll(/^<!-- in the classroom\n(.*?)^-->\n/gms, '$1')
}

/**
 * Another text of this project as HTML, for a page of its own.
 *
 * @param path from the project's folder, `GLOSSARY.md`
 */
export async function textOf(path: string): Promise<string> {
  return markdownFor(posix.dirname(path)).render(await readFile(join(root, path), 'utf8'), onItsOwn)
}

/**
 * Markdown of this project's own as HTML, its code highlighted, the file's name above it where the fence says it.
 *
 * @param markdown may hold HTML, such as `<details>`
 * @param folder where it stands in the project, `steps/06-typing`: links and pictures are found from there
 */
export function toHtml(markdown: string, folder: string): string {
  return markdownFor(folder).render(markdown)
}

/**
 * What renders this project's Markdown. Its rules may be replaced: the slides have fences of their own.
 *
 * @param folder as for {@link toHtml}
 */
export function markdownFor(folder: string): InstanceType<typeof MarkdownIt> {
  const renderer = new MarkdownIt({ html: true, typographer: false })
  const { rules } = renderer.renderer

  rules.fence = (tokens, index, _options, env) => {
    const { info = '', content = '' } = tokens[index] ?? {}
    const [language = '', second = '', third = ''] = info.trim().split(/\s+/)
    const is = ['new', 'quote', 'example', 'sketch'].find((form) => form === second)
    const file = is ? third : second
    const named = escaped(file) + (is === 'new' ? ' <small>new file</small>' : '')
    const copied = language === 'diff' ? added(content) : is === 'new' ? content : ''
    const button =
      env?.copies === true && copied
        ? `<button type="button" data-copy="${escaped(copied)}" aria-label="Copy what is new in ${escaped(file)}">Copy</button>`
        : ''
    const caption = file ? `<figcaption>${named}${button}</figcaption>` : ''
    return `<figure class="code">${caption}<pre tabindex="0"><code>${highlight(content, language)}</code></pre></figure>\n`
  }
  rules.table_open = () => '<div class="table" tabindex="0"><table>\n' // wide ones scroll by themselves
  rules.table_close = () => '</table></div>\n'
  // A corner that heads nothing is no heading.
  rules.th_open = (tokens, index, options, _env, self) =>
    tokens[index + 1]?.content ? self.renderToken(tokens, index, options) : '<td>'
  rules.th_close = (tokens, index) => (tokens[index - 1]?.content ? '</th>' : '</td>')
  rules.link_open = (tokens, index, options, env, self) => {
    const token = tokens[index]
    const href = String(token?.attrGet('href') ?? '')
    if (!/^[a-z]+:|^#/i.test(href)) {
      const path = posix.join(folder, href)
      const beside = env?.beside === true
      const step = beside ? undefined : steps.find(({ name }) => path === `steps/${name}/README.md`)
      token?.attrSet('href', step ? `#step-${step.number}` : `/project/${path}`)
      if (step) token?.attrSet('data-step', String(step.number))
      else if (!beside) token?.attrSet('target', '_blank')
    }
    return self.renderToken(tokens, index, options)
  }
  rules.heading_open = (tokens, index, options, _env, self) => {
    tokens[index]?.attrSet('id', anchorOf(tokens[index + 1]?.content ?? ''))
    return self.renderToken(tokens, index, options)
  }
  const image = rules.image
  rules.image = (tokens, index, options, env, self) => {
    const token = tokens[index]
    const src = String(token?.attrGet('src') ?? '')
    if (!/^[a-z]+:/i.test(src)) token?.attrSet('src', `/project/${posix.join(folder, src)}`)
    const picture = image?.(tokens, index, options, env, self) ?? self.renderToken(tokens, index, options)
    if (env?.picturesOpen !== true) return picture
    return `<a class="picture" href="${String(token?.attrGet('src') ?? '')}" target="_blank">${picture}</a>`
  }
  return renderer
}

/** The lines that a diff adds, without their signs. */
function added(content: string): string {
  return content
    .split('\n')
    .filter((line) => line.startsWith('+'))
    .map((line) => `${line.slice(1)}\n`)
    .join('')
}

/** Code as HTML, with the classes that highlight.js names; `language` as behind a fence, and any other stays plain. */
export function highlight(code: string, language: string): string {
  const name = called[language]
  return name ? hljs.highlight(code, { language: name }).value : escaped(code)
}
