import type { Socket } from 'socket.io-client'
import type { Step } from '#shared/course/course'
import { connectAs } from '../gate/enter.ts'

/** From this step on, everything is said in a room; the first one is for all. */
const firstWithRooms = 14

/** People who chat while others attack. */
export interface HonestGuests {
  /** Ends their talk, and waits for what is still on its way. Returns what they said, and what somebody did not hear. */
  end(patienceMs: number): Promise<{ said: number; lost: number }>
}

const betweenMs = 50 // three in turns: each stays below what a program allows one guest in a second

/**
 * Three guests who say something in turns, each of whom must hear what the others say.
 *
 * @param step which program it is: each has its own way to chat
 * @param url where it answers
 */
export async function threeHonestGuests(step: Step, url: string): Promise<HonestGuests> {
  if (step.number === 1) return visitors(url)
  if (step.number === 2) return pollers(url)
  return socketGuests(step, url)
}

/** The event by which a guest says something that all hear, from step 3 on, where each hears an echo alone. */
export function saying({ number }: Step, text: string): [event: string, value: unknown] {
  if (number === 3) return ['echo', text]
  if (number === 4) return ['send_to_all', { data: text }]
  return ['new message', number < firstWithRooms ? text : { room: 1, message: text }]
}

/** What each of them is to hear, and what has come. */
function account() {
  const due = new Set<string>()
  let said = 0
  return {
    said: (what: string, hearers: readonly string[]) => {
      said++
      for (const hearer of hearers) due.add(`${hearer} ${what}`)
    },
    heard: (hearer: string, what: string) => due.delete(`${hearer} ${what}`),
    async settled(patienceMs: number) {
      const until = performance.now() + patienceMs
      while (due.size > 0 && performance.now() < until)
        await new Promise((resolve) => setTimeout(resolve, 20))
      return { said, lost: due.size }
    },
  }
}

/** Does something again and again, until it is told to stop. */
function again(work: (turn: number) => Promise<void> | void): { stop(): Promise<void> } {
  const over = new AbortController()
  const talking = (async () => {
    for (let turn = 0; !over.signal.aborted; turn++) {
      await work(turn)
      await new Promise((resolve) => setTimeout(resolve, betweenMs))
    }
  })()
  return {
    async stop() {
      over.abort()
      await talking
    },
  }
}

function visitors(url: string): HonestGuests {
  const { said, heard, settled } = account()
  const talk = again(async (turn) => {
    said(String(turn), ['ann'])
    const response = await fetch(url).catch(() => undefined) // No answer is a loss, and counted as one.
    if (response?.status === 200) heard('ann', String(turn))
    await response?.text().catch(() => '')
  })
  return { end: (patienceMs) => talk.stop().then(() => settled(patienceMs)) }
}

function pollers(url: string): HonestGuests {
  const { said, heard, settled } = account()
  const talk = again(async (turn) => {
    const text = `honest ${turn}`
    said(text, ['ben', 'cleo'])
    const response = await fetch(`${url}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    }).catch(() => undefined)
    await response?.text().catch(() => '')
  })
  const listening = ['ben', 'cleo'].map((name) => {
    let last = 0
    return again(async () => {
      const response = await fetch(`${url}/messages?after=${last}`).catch(() => undefined)
      const found: { id: number; text: string }[] = response?.ok ? await response.json() : []
      for (const { id, text } of found) {
        heard(name, text)
        last = id
      }
    })
  })
  return {
    async end(patienceMs) {
      await talk.stop()
      const result = await settled(patienceMs)
      await Promise.all(listening.map((one) => one.stop()))
      return result
    },
  }
}

async function socketGuests(step: Step, url: string): Promise<HonestGuests> {
  const { said, heard, settled } = account()
  const names = ['ann', 'ben', 'cleo'] as const
  const sockets = new Map<string, Socket>()
  for (const name of names) {
    const socket = await connectAs(url, step, name)
    socket.on('echo', (text: string) => heard(name, text))
    socket.on('display_message', ({ data }: { data: string }) => heard(name, data))
    socket.on('new message', ({ message }: { message: string }) => heard(name, message))
    sockets.set(name, socket)
  }
  const talk = again((turn) => {
    const name = names[turn % names.length] ?? 'ann'
    const text = `honest ${turn}`
    const others = names.filter((one) => one !== name)
    said(text, step.number === 3 ? [name] : step.number === 4 ? names : others)
    sockets.get(name)?.emit(...saying(step, text))
  })
  return {
    async end(patienceMs) {
      await talk.stop()
      const result = await settled(patienceMs)
      for (const socket of sockets.values()) socket.disconnect()
      return result
    },
  }
}
