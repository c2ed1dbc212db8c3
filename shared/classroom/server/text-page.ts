import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import express, { type Router } from 'express'
import { programFilesIn, root, steps } from '../../course/course.ts'
import { escaped } from '../../serve/html.ts'
import { textOf } from './lesson-html.ts'

const texts = ['GLOSSARY.md', 'INSTRUCTOR.md', 'README.md', 'CONTRIBUTING.md', 'bench/README.md']

/** The project's texts and the steps' programs as pages of their own, at the paths that they have in the project. */
export function textPages(): Router {
  const router = express.Router()
  for (const path of [...texts, ...steps.map(({ name }) => `steps/${name}/README.md`)]) {
    router.get(`/${path}`, async (_request, response) => void response.send(await pageOf(path)))
  }
  for (const { name, dir } of steps) {
    for (const file of programFilesIn(dir)) {
      const path = `steps/${name}/${file}`
      router.get(`/${path}`, async (_request, response) => void response.send(await sourceOf(path)))
    }
  }
  return router
}

/**
 * A Markdown file as a page.
 *
 * @param path from the project's folder, `GLOSSARY.md`
 */
export async function pageOf(path: string): Promise<string> {
  const html = await textOf(path)
  const [, title = path] = /<h1[^>]*>(.*?)<\/h1>/.exec(html) ?? []
  return page(title, html)
}

/**
 * A source file as a page, its lines numbered. `#L12` leads to a line and marks it, as on GitHub.
 *
 * @param path from the project's folder, `steps/03-socket-echo/server.ts`
 */
export async function sourceOf(path: string): Promise<string> {
  const source = await readFile(join(root, path), 'utf8')
  const lines = source
    .trimEnd()
    .split('\n')
    .map((line, index) => `<span id="L${index + 1}">${escaped(line)}\n</span>`)
  const code = `<pre class="source" tabindex="0"><code>${lines.join('')}</code></pre>`
  return page(escaped(path), `<h1>${escaped(path)}</h1>\n${code}`)
}

/** Both are HTML already. */
function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} · On the Wire</title>
    <link rel="icon" href="/static/favicon.svg" />
    <link rel="stylesheet" href="/page.css" />
  </head>
  <body class="document">
    <main class="lesson">
${content}
    </main>
  </body>
</html>
`
}
