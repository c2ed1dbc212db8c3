// Starts a chat of its own, and does to it what strangers do: npx tsx steps/07-strangers/attack/attack.ts work
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'

const folder = process.argv[2] ?? 'work'
const file = join(folder, 'server.ts')
if (!existsSync(file)) {
  console.error(
    `There is no ${file}. Name the folder of a chat:  npx tsx steps/07-strangers/attack/attack.ts work`,
  )
  process.exit(1)
}

const dataDir = mkdtempSync(join(tmpdir(), 'on-the-wire-attack-')) // From step 8 on a chat keeps what is said: not this.

// The chat tells us ten times a second how much memory it takes.
const report = 'setInterval(() => process.send?.(process.memoryUsage().rss), 100).unref()'
const chat = fork(file, {
  env: { ...process.env, PORT: '0', DATA_DIR: dataDir },
  execArgv: ['--import', 'tsx', '--import', `data:text/javascript,${encodeURIComponent(report)}`],
  silent: true,
})
const printed: string[] = []
let megabytes = 0
let hasEnded = false
chat.on('message', (bytes) => (megabytes = Math.round(Number(bytes) / 1e6)))
chat.on('exit', () => (hasEnded = true))
chat.stderr?.on('data', (text) => process.stderr.write(text))

try {
  const url = await addressOf()
  const ann = await guest(url, 'ann')
  console.log(`The chat of ${folder} runs. Ann is there. It takes ${await memory()} MB.`)
  await bigPackets(url)
  await flood(url, ann)
  await refusals(url)
  await names(url)
  ann.disconnect()
} finally {
  if (!hasEnded) {
    chat.kill()
    await once(chat, 'exit')
  }
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
}

async function bigPackets(url: string) {
  title('1 · Mallory sends 20 packets of 1.9 MB')
  const mallory = await guest(url, 'mallory')
  const answers = await Promise.all(Array.from({ length: 20 }, () => says(mallory, 'x'.repeat(1_900_000))))
  result(`answered in words: ${answers.filter((answer) => answer !== undefined).length} of 20`)
  result(mallory.connected ? 'he is still connected' : 'the chat has hung up')
  mallory.disconnect()
}

async function flood(url: string, ann: Socket) {
  title('2 · Twelve strangers say 2,000 things each, and do not wait. Dora is in the chat and reads nothing')
  const dora = await deafGuest(url)
  const strangers = await Promise.all(Array.from({ length: 12 }, (_, index) => guest(url, `s${index}`)))
  let accepted = 0
  let refused = 0
  const saying = strangers.map(async (stranger) => {
    for (let round = 0; round < 20 && stranger.connected; round++) {
      for (let count = 0; count < 100; count++) {
        void says(stranger, 'x'.repeat(2_000)).then((answer) => {
          if (answer?.ok) accepted++
          else if (answer) refused++
        })
      }
      await setTimeout(10)
    }
    await says(stranger, 'That was all.')
  })
  const ended = Promise.all(saying).then(() => true)
  let longestMs = 0
  for (let isOver = false; !isOver;) {
    const askedAt = performance.now()
    await says(ann, 'Does anybody hear me?')
    longestMs = Math.max(longestMs, performance.now() - askedAt)
    result(`${await memory()} MB; ${accepted} accepted, ${refused} refused`)
    isOver = await Promise.race([ended, setTimeout(500, false)])
  }
  result(
    `${accepted} accepted, ${refused} refused; Ann waited up to ${Math.ceil(longestMs)} ms for an answer`,
  )
  result(`strangers who are still connected: ${strangers.filter(({ connected }) => connected).length} of 12`)
  const { packets, isIn } = await dora.fetches()
  result(
    `${packets} messages waited for Dora, ${isIn ? 'and she is still connected' : 'then the chat has hung up'}`,
  )
  for (const stranger of strangers) stranger.disconnect()
}

async function refusals(url: string) {
  title('3 · Mallory says nothing, 20,000 times')
  const mallory = await guest(url, 'mallory')
  const answers = await Promise.all(Array.from({ length: 20_000 }, () => says(mallory, '')))
  result(`refused, with a sentence each time: ${answers.filter((answer) => answer !== undefined).length}`)
  mallory.disconnect()
}

async function names(url: string) {
  title('4 · Names that nobody can read, and what the log says then')
  const lines = printed.length
  for (const name of ['\u200B', '\u202Enna', '\u0301', '\u2800', '\u009B2J', '\u001B[2J', '%s']) {
    const stranger = io(url, { forceNew: true, reconnection: false })
    const answer: Answer = await stranger
      .timeout(10_000)
      .emitWithAck('add user', name)
      .catch(() => undefined)
    result(`${visible(name).padEnd(14)} ${answer?.ok ? 'is let in' : `is refused: ${answer?.error}`}`)
    stranger.disconnect()
  }
  await memory() // Its last lines have come by then.
  for (const line of printed.slice(lines).filter((some) => /joined/.test(some)))
    result(`log: ${visible(line)}`)
}

type Answer = { ok: boolean; error?: string } | undefined

/** Somebody with a name in the chat, who hears all and forgets it. */
async function guest(url: string, name: string): Promise<Socket> {
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false })
  await socket.timeout(10_000).emitWithAck('add user', name)
  return socket
}

/** Says something. The answer is undefined when the chat hangs up. */
function says(socket: Socket, text: string): Promise<Answer> {
  return socket
    .timeout(60_000)
    .emitWithAck('new message', text)
    .catch(() => undefined)
}

/** Somebody with a name in the chat, who asks for nothing that is said there. */
async function deafGuest(url: string) {
  const door = `${url}/socket.io/?EIO=4&transport=polling`
  const [, sid] = /"sid":"([^"]+)"/.exec(await (await fetch(door)).text()) ?? []
  const session = `${door}&sid=${sid}`
  await (await fetch(session, { method: 'POST', body: '40' })).text()
  await (await fetch(session)).text()
  await (await fetch(session, { method: 'POST', body: '42["add user","dora"]' })).text()
  return {
    /** Takes at last what waits for her. */
    async fetches() {
      const packets = (await (await fetch(session)).text()).split('\u001E')
      await (await fetch(session, { method: 'POST', body: '420["new message","And now?"]' })).text()
      const answer = await (await fetch(session)).text() // at once, and not 430 where the chat has hung up
      const said = packets.filter((packet) => packet.startsWith('42["new message"'))
      return { packets: said.length, isIn: answer.includes('430[') }
    },
  }
}

/** The address that the chat prints when it is ready. */
async function addressOf(): Promise<string> {
  return new Promise((resolve, reject) => {
    chat.once('exit', () => reject(new Error(`${file} ended before it was ready.`)))
    createInterface({ input: chat.stdout! }).on('line', (line) => {
      printed.push(line)
      const [address] = /^http:\/\/localhost:\d+$/.exec(line) ?? []
      if (address) resolve(address)
    })
  })
}

/** What the chat takes now, in MB. */
async function memory(): Promise<number> {
  if (!hasEnded) await Promise.race([once(chat, 'message'), once(chat, 'exit')])
  return megabytes
}

/** With what a terminal would obey, or not show, written out. */
function visible(text: string): string {
  return text.replaceAll(/[^\x20-\x7E]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function title(text: string) {
  console.log(`\n${text}`)
}

function result(text: string) {
  console.log(`  ${text}`)
}
