import { z } from 'zod'
import { html } from '#shared/serve/html'
import { page, type Told } from './forms.ts'
import type { Post } from './posts.ts'

const typed = z.object({ title: z.string().optional(), text: z.string().optional() }).catch({})

/** @param reader whose own posts can be changed */
export function boardPage(posts: Post[], reader: number, told: Told): string {
  return page(
    'The board',
    told,
    html`<nav><a href="/">Chat</a> <a href="/board/new">New post</a></nav>
      <section id="board" aria-label="Posts">
        ${posts.length === 0 && html`<p>Nothing is on the board yet.</p>`}
        ${posts.map((post) => article(post, post.accountId === reader))}
      </section>`,
  )
}

function article({ id, title, text, author, at }: Post, isTheirs: boolean) {
  const when = new Date(at).toISOString()
  return html`<article>
    <h2 dir="auto">${title}</h2>
    <p class="text" dir="auto">${text}</p>
    <p>
      <small>${author}, <time datetime="${when}">${when.slice(0, 16).replace('T', ' ')} UTC</time></small>
    </p>
    ${
      isTheirs &&
      html`<form method="post" action="/board/${id}/delete">
        <a href="/board/${id}/edit" aria-label="Edit ${title}">Edit</a>
        <button class="quiet" aria-label="Delete ${title}">Delete</button>
      </form>`
    }
  </article>`
}

/**
 * For a new post, or with what stands in an old one.
 *
 * @param form what was typed, so that nobody has to type it again
 */
export function postForm(action: string, form: unknown, told: Told = {}): string {
  const { title = '', text = '' } = typed.parse(form)
  const isNew = action.endsWith('/new')
  return page(
    isNew ? 'New post' : 'Edit a post',
    told,
    html`<nav><a href="/board">Board</a></nav>
      <form id="door" method="post" action="${action}">
        <label for="title">Title</label>
        <input id="title" name="title" value="${title}" maxlength="100" autofocus />
        <label for="text">Text</label>
        <textarea id="text" name="text" rows="6" maxlength="5000">${text}</textarea>
        <button>${isNew ? 'Put it on the board' : 'Save the changes'}</button>
      </form>`,
  )
}

/** Where there is nothing to see, with the way back. */
export function missingPage(problem: string): string {
  return page('The board', { problem }, html`<nav><a href="/board">Board</a></nav>`)
}
