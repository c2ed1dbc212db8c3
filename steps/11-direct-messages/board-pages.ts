import { html } from '#shared/serve/html'
import type { Person } from './events.ts'
import { page, type Told } from './forms.ts'

export interface Post {
  id: number
  accountId: number
  author: string
  title: string
  text: string
  /** when it was published, in ms since 1970 */
  at: number
}

export function boardPage(posts: Post[], reader: Person, told: Told): string {
  return page(
    'The board',
    told,
    html`<nav><a href="/">Chat</a> <a href="/board/new">New post</a></nav>
      <section id="board" aria-label="Posts">
        ${posts.length === 0 && html`<p>Nothing is on the board yet.</p>`}
        ${posts.map((post) => article(post, post.accountId === reader.id))}
      </section>`,
  )
}

function article({ id, title, text, author, at }: Post, isTheirs: boolean) {
  const when = new Date(at).toISOString()
  return html`<article>
    <h2>${title}</h2>
    <p class="text">${text}</p>
    <p>
      <small>${author}, <time datetime="${when}">${when.slice(0, 16).replace('T', ' ')} UTC</time></small>
    </p>
    ${
      isTheirs &&
      html`<form method="post" action="/board/${id}/delete">
        <a href="/board/${id}/edit" aria-label="Edit ${title}">Edit</a>
        <button aria-label="Delete ${title}">Delete</button>
      </form>`
    }
  </article>`
}

/** For a new post, or with what stands in an old one. */
export function postForm(
  action: string,
  { title = '', text = '', ...told }: Told & { title?: string; text?: string } = {},
): string {
  return page(
    action.endsWith('/new') ? 'New post' : 'Edit a post',
    told,
    html`<nav><a href="/board">Board</a></nav>
      <form id="door" method="post" action="${action}">
        <label for="title">Title</label>
        <input id="title" name="title" value="${title}" maxlength="100" autofocus />
        <label for="text">Text</label>
        <textarea id="text" name="text" rows="6" maxlength="5000">${text}</textarea>
        <button>Put it on the board</button>
      </form>`,
  )
}

/** Where there is nothing to see, with the way back. */
export function missingPage(problem: string): string {
  return page('The board', { problem }, html`<nav><a href="/board">Board</a></nav>`)
}
