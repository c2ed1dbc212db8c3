import { Agent, get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { steps } from '../course/course.ts'
import { Advice } from '../terminal/advice.ts'

/** The header by which a classroom's answers are told from a chat's: it must never be shared. */
export const classroomMark = 'x-on-the-wire-classroom'

/** A chat of this machine, at the one address that was looked at. `localhost` has two, and there may be two programs. */
export interface Chat {
  readonly host: '127.0.0.1' | '::1'
  readonly port: number
  /** `http://127.0.0.1:3000` or `http://[::1]:3000` */
  readonly url: string
  /** the title of its first page, `06 · Who is typing`; for a page without one, its status and type */
  readonly title: string
}

/**
 * What became of a chat that is watched:
 * - away: nothing answers; that may be a restart
 * - back: it answers again
 * - gone: it did not come back, or something else answers in its place; nothing is looked at any more
 */
export type ChatNews = { is: 'away' } | { is: 'back' } | { is: 'gone'; words: string }

type Look = { is: 'silent' } | { is: 'classroom' } | { is: 'page'; title: string }

const patienceMs = 2_000
const mostRedirects = 3
const mostCharacters = 100_000 // a page's title stands near its top

const titlesOfTheCourse = new Set(
  steps.map(({ number, title }) => `${String(number).padStart(2, '0')} · ${title}`),
)

/**
 * Looks at both addresses of `localhost`. Where two programs answer, it takes the one with a page of the course's, else the
 * one at 127.0.0.1.
 *
 * @throws Advice when nothing answers, or a classroom does
 */
export async function findChat(port: number): Promise<Chat> {
  const hosts = ['127.0.0.1', '::1'] as const
  const looks = await Promise.all(hosts.map(async (host) => ({ host, look: await lookAt(host, port) })))
  const chats = looks.flatMap(({ host, look }) =>
    look.is === 'page' ? [{ host, port, url: urlOf(host, port), title: look.title }] : [],
  )
  const [chat] = chats.toSorted(
    (a, b) => Number(titlesOfTheCourse.has(b.title)) - Number(titlesOfTheCourse.has(a.title)),
  )
  if (looks.some(({ look }) => look.is === 'classroom')) {
    throw new Advice(
      `Port ${port} is the classroom. It can change your files, so it is never shared.`,
      'Share your chat instead (npm start prints its address, too):  npm run share -- --port 3000',
    )
  }
  if (chat) return chat
  throw new Advice(
    `Nothing answers on port ${port}, so there is nothing to share.`,
    'Start your chat in another terminal:  npm start      On another port:  npm run share -- --port 3001',
  )
}

/**
 * Goes on looking at a chat. An open connection tells at once when its program ends; then its address is looked at again.
 *
 * @param tell called with what has changed
 * @param options.goneMs how long it may be away, ms; default 30,000
 * @param options.againMs how long it waits between two looks, ms; default 250
 * @returns a function that ends the watching
 */
export function watchChat(
  chat: Chat,
  tell: (news: ChatNews) => void,
  { goneMs = 30_000, againMs = 250 }: { goneMs?: number; againMs?: number } = {},
): () => void {
  const stopped = new AbortController()
  const { signal } = stopped
  const watch = async () => {
    let awaySince: number | undefined
    while (!signal.aborted) {
      if (awaySince === undefined) await connectionCloses(chat, signal)
      await wait(awaySince === undefined ? 0 : againMs, undefined, { signal })
      const look = await lookAt(chat.host, chat.port)
      if (signal.aborted) return
      const now = performance.now()
      if (look.is !== 'silent') {
        const words = differs(look, chat)
        if (words) return tell({ is: 'gone', words })
        if (awaySince !== undefined) tell({ is: 'back' })
        awaySince = undefined
        await wait(againMs, undefined, { signal }) // who closes each connection at once is not asked all the time
      } else if (awaySince === undefined) {
        awaySince = now
        tell({ is: 'away' })
      } else if (now - awaySince >= goneMs) {
        return tell({ is: 'gone', words: `The chat on port ${chat.port} has stopped.` })
      }
    }
  }
  watch().catch((error: unknown) => {
    if (!signal.aborted) tell({ is: 'gone', words: `The chat cannot be watched: ${String(error)}` })
  })
  return () => stopped.abort()
}

/** What is wrong with who answers now; undefined for the chat itself, and for another step of the course. */
function differs(look: Exclude<Look, { is: 'silent' }>, chat: Chat): string | undefined {
  if (look.is === 'classroom') return `The classroom has taken port ${chat.port}, and it is never shared.`
  if (look.title === chat.title || titlesOfTheCourse.has(look.title)) return undefined
  return `Another program has taken port ${chat.port}: its page is “${look.title}”, and the chat's was “${chat.title}”.`
}

/** Resolves when an idle connection to the chat has closed, or could not be opened. */
function connectionCloses({ host, port }: Chat, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const connection = connect({ host, port, signal })
    connection.on('error', () => {}) // 'close' follows
    connection.once('close', () => resolve())
    connection.resume()
  })
}

async function lookAt(host: Chat['host'], port: number): Promise<Look> {
  try {
    let path = '/'
    for (let redirects = 0; ; redirects++) {
      const { response, text } = await ask(host, port, path)
      if (classroomMark in response.headers) return { is: 'classroom' }
      const { statusCode = 0, headers } = response
      const to = new URL(headers.location ?? '/', urlOf(host, port))
      const isRedirect = statusCode >= 300 && statusCode < 400 && headers.location !== undefined
      if (isRedirect && to.origin === urlOf(host, port) && redirects < mostRedirects) {
        path = to.pathname + to.search
        continue
      }
      const [, title] = /<title>([^<]+)<\/title>/i.exec(text) ?? []
      return { is: 'page', title: title?.trim() ?? `${statusCode} ${headers['content-type'] ?? ''}`.trim() }
    }
  } catch {
    return { is: 'silent' } // or it does not speak HTTP, which no chat does either
  }
}

/** With an agent of its own: the usual one may go through a proxy of the environment's, which knows another `127.0.0.1`. */
function ask(host: string, port: number, path: string): Promise<{ response: IncomingMessage; text: string }> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(patienceMs)
    const request = get({ host, port, path, agent: new Agent(), signal }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (text.length < mostCharacters) return
        resolve({ response, text })
        response.destroy()
      })
      response.once('end', () => resolve({ response, text }))
      response.once('error', reject)
    })
    request.once('error', reject)
  })
}

function urlOf(host: Chat['host'], port: number): string {
  return `http://${host === '::1' ? '[::1]' : host}:${port}`
}
