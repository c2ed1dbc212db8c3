import { z } from 'zod'
import { html, type Html } from '#shared/serve/html'
import { nameOf } from './names.ts'
import { storable } from './text.ts'

const passwordLength = 'A password has 8 to 200 characters.'

/** What the form of a new account has to carry, with a sentence for everything else. */
export const registration = z.object(
  {
    username: z
      .string('A username is a text.')
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9._-]{1,30}$/, 'A username has 1 to 30 letters from a to z, digits, dots, - and _.'),
    displayName: nameOf('A display name', 14),
    password: z.string('A password is a text.').min(8, passwordLength).max(200, passwordLength),
  },
  'A form has a username, a display name and a password.',
)

/** What the form to log in carries. What is missing is empty, and so belongs to nobody. */
export const credentials = z
  .object({
    username: z.string().trim().toLowerCase().max(30).transform(storable),
    password: z.string().max(200),
  })
  .catch({ username: '', password: '' })

const typed = z.object({ username: z.string().optional(), displayName: z.string().optional() }).catch({})

export interface Told {
  /** a sentence from the page before */
  flash?: string
  /** why it did not work */
  problem?: string
}

/** @param form what was typed, so that nobody has to type it again; a password never comes back */
export function loginForm(form: unknown, told: Told = {}): string {
  const { username = '' } = typed.parse(form)
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

/** @param form what was typed, so that nobody has to type it again; a password never comes back */
export function registerForm(form: unknown, told: Told = {}): string {
  const { username = '', displayName = '' } = typed.parse(form)
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

/** A page around what stands in its middle. */
export function page(title: string, { flash, problem }: Told, body: Html): string {
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
            <h1><small>18</small> ${title}</h1>
          </header>
          <main>
            ${flash && html`<p class="flash" role="status">${flash}</p>`}
            ${problem && html`<p class="flash" role="alert">${problem}</p>`} ${body}
          </main>
        </body>
      </html>`,
  )
}
