import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { io } from 'socket.io-client'
import { root } from '../course/course.ts'
import type { Answer } from './room-events.ts'

const patienceMs = 1_000 // the board is on this machine

/** Where it is kept which board is open on this machine, absolute. */
export const openBoardFile = join(root, '.data', 'room', 'open')

/**
 * Keeps for other commands where the board is.
 *
 * @param url its address; undefined when it is closed
 */
export function keepOpenBoard(url: string | undefined, file = openBoardFile): void {
  mkdirSync(dirname(file), { recursive: true })
  if (url === undefined) rmSync(file, { force: true })
  else writeFileSync(file, `${url}\n${process.pid}\n`) // The number tells a room that was opened again from the one before.
}

/**
 * Tells an open room where the instructor is. The board may say a checkpoint later: the same step is told once.
 *
 * @returns a function that takes a step's number; it gives back whether a room knows by now that this is where we are
 */
export function placeTeller(file = openBoardFile): (step: number) => Promise<boolean> {
  let told = ''
  let turn: Promise<unknown> = Promise.resolve()

  async function tell(step: number): Promise<boolean> {
    const open = readOpen(file)
    if (open === undefined) return false
    const telling = `${open} ${step}`
    if (telling === told) return true
    const socket = io(open.split('\n')[0], { transports: ['websocket'], reconnection: false, forceNew: true })
    try {
      const answer: Answer = await new Promise((resolve, reject) => {
        socket.once('connect_error', reject)
        socket.timeout(patienceMs).emitWithAck('place', { step, checkpoint: 0 }).then(resolve, reject)
      })
      if (answer.ok) told = telling
      return answer.ok
    } catch {
      return false // It has died without a word. When it is opened again, the next slide tells it.
    } finally {
      socket.disconnect()
    }
  }

  return (step) => {
    const mine = turn.then(() => tell(step))
    turn = mine.catch(() => {}) // Whoever asked hears of it.
    return mine
  }
}

function readOpen(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
