import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root, steps } from '../../course/course.ts'
import { forClassroom, lessonOf, markdownFor, toHtml } from './lesson-html.ts'

const render = (markdown: string) => toHtml(markdown, 'steps/03-socket-echo')

test('code is highlighted, with the name of its file above it', () => {
  const html = render('```ts server.ts\nconst a = "<b>"\n```')
  expect(html).toContain('<figcaption>server.ts</figcaption>')
  expect(html).toContain('<span class="hljs-keyword">const</span>')
  expect(html).toContain('&lt;b&gt;')
  expect(render('```text\n<b> & "c"\n```')).toContain('&#60;b&#62; &#38; &#34;c&#34;')
})

test('what a block adds can be copied, where there is a script that copies', () => {
  const withCopies = (markdown: string) =>
    markdownFor('steps/03-socket-echo').render(markdown, { copies: true })
  const diff = withCopies('```diff server.ts\n const a = 1\n-const b = 2\n+const b = "3"\n+\n```')
  expect(diff).toContain('data-copy="const b = &#34;3&#34;\n\n"')
  expect(diff).toContain('aria-label="Copy what is new in server.ts"')
  const made = withCopies('```ts new page/view.ts\none\n```')
  expect(made).toContain('<figcaption>page/view.ts <small>new file</small><button')
  expect(made).toContain('data-copy="one\n"')
  expect(withCopies('```ts quote server.ts\none\n```')).toContain('<figcaption>server.ts</figcaption>')
  for (const block of ['ts quote server.ts\none', 'ts example\none', 'diff server.ts\n-one', 'sh\nls'])
    expect(withCopies(`\`\`\`${block}\n\`\`\``)).not.toContain('<button')
  expect(render('```ts new page/view.ts\none\n```')).not.toContain('<button')
})

test('what a lesson says of terminals, and of the classroom, stands where it is so', () => {
  const text =
    'Both.\n\n<!-- in a terminal -->\nType.\n\n```sh\nls\n```\n<!-- end -->\n<!-- in the classroom\nPress.\n\nThen look.\n-->\n\nAgain.\n'
  expect(forClassroom(text)).toBe('Both.\n\nPress.\n\nThen look.\n\nAgain.\n')
  const visible = render(text).replaceAll(/<!--.*?-->/gs, '')
  expect(visible).toMatch(/Both.*Type.*ls.*Again/s)
  expect(visible).not.toContain('Press')
})

test('every such place in a lesson has its end, and the classroom tells nobody to open a terminal first', async () => {
  for (const step of steps) {
    const html = await lessonOf(step)
    expect(html).not.toMatch(/<!-- (in|end)/)
  }
  expect(await lessonOf(steps[0]!)).not.toContain('Open two terminals')
})

test('links to lessons open them here, other files open beside, and the world stays as it is', () => {
  expect(render('[one](../01-hello-http/README.md)')).toContain('<a href="#step-1" data-step="1">')
  expect(render('[it](server.ts)')).toContain(
    '<a href="/project/steps/03-socket-echo/server.ts" target="_blank">',
  )
  expect(render('![a](a.svg)')).toContain('src="/project/steps/03-socket-echo/a.svg"')
  expect(render('[here](#the-itch)')).toContain('href="#the-itch"')
  expect(render('## The itch, again')).toContain('<h2 id="the-itch-again">')
  expect(render('[quiz](../06-typing/README.md#quiz)')).toContain(
    '<a href="/project/steps/06-typing/README.md#quiz" target="_blank">',
  )
})

test.each(steps)('the drawings in the lesson of step $number are there, with words', async (step) => {
  const drawings = [...(await lessonOf(step)).matchAll(/<img src="\/project\/([^"]+\.svg)" alt="([^"]+)">/g)]
  expect(drawings.length).toBeGreaterThanOrEqual([1, 7].includes(step.number) ? 0 : 1)
  for (const [, path = ''] of drawings) expect(existsSync(join(root, path))).toBe(true)
})

test.each(steps)('the lesson of step $number has its title and its folded answer', async (step) => {
  const html = await lessonOf(step)
  expect(html).toContain(`· ${step.title}</h1>`)
  expect(html).toContain('<details>')
})
