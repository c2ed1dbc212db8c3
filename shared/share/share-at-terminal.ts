import { createInterface } from 'node:readline/promises'
import { Advice } from '../terminal/advice.ts'
import { say, widthOf, wrap } from '../terminal/wrap.ts'
import type { Wire } from '../wire/open-wire.ts'
import { share, type Shared } from './open-share.ts'
import { qrForTerminal } from './qr.ts'
import { type ChatNews, findChat } from './watch-chat.ts'

const command = 'npm run share'
const countEveryMs = 1_000

/**
 * Shares the chat at a port, prints where it is to be had, and from then on how many are connected.
 *
 * @param options.wifi over the Wi-Fi, even when there is a token for a tunnel
 * @param options.yes opens it to the Wi-Fi without asking
 * @returns what closes it, and a signal that is aborted when it has closed by itself, because the chat is gone
 * @throws Advice as `findChat` and {@link share} do, and when the question cannot be asked, or the answer is no
 */
export async function openSharing(options: {
  port: number
  wifi?: boolean
  yes?: boolean
}): Promise<{ gone: AbortSignal; close(): Promise<void> }> {
  const { port, wifi = false, yes = false } = options
  const authtoken = wifi ? undefined : process.env.NGROK_AUTHTOKEN?.trim()
  const chat = await findChat(port)
  say(`The chat: “${chat.title}” at ${chat.url}`)
  if (!authtoken && !wifi) say(...howToGetAToken)
  if (!authtoken && !yes) await askFirst()
  const gone = new AbortController()
  const onNews = (news: ChatNews) => {
    say(newsLine(news))
    if (news.is === 'gone') gone.abort()
  }
  const shared = await share({ chat, authtoken, onNews })
  say(...invitationLines(shared))
  const counting = setInterval(tellChanges(shared.door), countEveryMs)
  return {
    gone: gone.signal,
    async close() {
      clearInterval(counting)
      await shared.close()
    },
  }
}

/** What is printed when the chat is away, back, or gone. */
export function newsLine(news: ChatNews): string {
  if (news.is === 'away') return 'The chat does not answer. Nobody from outside gets in until it does.'
  if (news.is === 'back') return 'The chat answers again.'
  return `${news.words} Sharing has ended. When your chat runs again:  ${command}`
}

const variable = process.platform === 'win32' ? 'set NGROK_AUTHTOKEN=…' : 'export NGROK_AUTHTOKEN=…'

const howToGetAToken = [
  'For an address that works from everywhere, you need a token from ngrok:',
  '1. Make a free account at ngrok.com, and copy the token from its dashboard (Your Authtoken).',
  `2. In this terminal:  ${variable}      and then again:  ${command}`,
  '',
]

async function askFirst(): Promise<void> {
  const question = 'Open the chat to everybody in the same Wi-Fi? Type y and Enter:'
  if (!process.stdin.isTTY) {
    throw new Advice(
      'Before the chat is opened to the Wi-Fi, you are asked. This is not a terminal, so you cannot answer.',
      `To open it without the question:  ${command} -- --wifi --sure`,
    )
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(`${wrap(question, widthOf(process.stdout))} `)
  terminal.close()
  if (/^y(es)?$/i.test(answer.trim())) return
  throw new Advice('Not opened: the chat stays on this machine.', `When you want to:  ${command}`)
}

function invitationLines({ kind, url, others }: Shared): string[] {
  const about =
    kind === 'tunnel'
      ? [
          'On the first visit, a browser shows a page of ngrok’s with a button “Visit Site”. The free plan does that once.',
          'The free plan has 20,000 requests and 1 GB a month. Polling uses them up fast, WebSocket does not.',
        ]
      : [
          ...(others.length > 0 ? [`If that does not open on a phone, try:  ${others.join('  ')}`] : []),
          'Phones must be in the same Wi-Fi. Some networks do not let devices reach each other: then use a hotspot, or a token.',
        ]
  return [...qrForTerminal(url), '', url, '', ...about, 'Ctrl-C closes it.']
}

/** Tells how many are connected, when that has changed. */
function tellChanges(door: Wire): () => void {
  let last = ''
  return () => {
    const open = door.connections().filter(({ closedAt }) => closedAt === undefined)
    const sockets = open.filter(({ transport }) => transport === 'websocket').length
    const polling = open.filter(({ transport }) => transport === 'polling').length
    const now = `connected from outside: ${sockets} over WebSocket, ${polling} polling`
    if (now === last || (last === '' && sockets + polling === 0)) return
    last = now
    console.log(now)
  }
}
