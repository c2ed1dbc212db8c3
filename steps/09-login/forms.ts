import { html, type Html } from '#shared/serve/html'

interface Told {
  /** a sentence from the page before */
  flash?: string
  /** why it did not work */
  problem?: string
}

export interface Typed extends Told {
  /** what was typed, so that nobody has to type it again; a password never comes back */
  username?: string
  displayName?: string
}

export function loginForm({ username = '', ...told }: Typed = {}): string {
  return page(
    'Log in',
    told,
    html`<form id="door" method="post" action="/login">
      <label for="username">Username</label>
      <input id="username" name="username" value="${username}" autocomplete="username" autofocus />
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password" />
      <button>Log in</button>
      <p>No account yet? <a href="/register">Register</a></p>
    </form>`,
  )
}

export function registerForm({ username = '', displayName = '', ...told }: Typed = {}): string {
  return page(
    'Register',
    told,
    html`<form id="door" method="post" action="/register">
      <label for="username">Username, to log in with</label>
      <input id="username" name="username" value="${username}" autocomplete="username" autofocus />
      <label for="displayName">Display name, which the others see</label>
      <input id="displayName" name="displayName" value="${displayName}" autocomplete="nickname" />
      <label for="password">Password, 8 characters or more</label>
      <input id="password" name="password" type="password" autocomplete="new-password" />
      <button>Register</button>
      <p>You have an account? <a href="/login">Log in</a></p>
    </form>`,
  )
}

function page(title: string, { flash, problem }: Told, body: Html): string {
  return String(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title} · On the Wire</title>
          <link rel="icon" href="/static/favicon.svg" />
          <link rel="stylesheet" href="/static/style.css" />
        </head>
        <body>
          <header>
            <h1><small>09</small> ${title}</h1>
          </header>
          <main>
            ${flash && html`<p class="flash" role="status">${flash}</p>`}
            ${problem && html`<p class="flash" role="alert">${problem}</p>`} ${body}
          </main>
        </body>
      </html>`,
  )
}
