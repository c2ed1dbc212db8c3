import { BroadcastChannel } from 'node:worker_threads'

/** What the process tells a check that waits, and what that answers. */
type Signal = 'ready' | 'edited' | 'start' | 'stop'

/** A check's own side: it is loaded, and waits for somebody who wants its verdict. */
export interface WaitingCheck {
  /** settles when it is wanted; rejects when it never will be */
  readonly started: Promise<void>
  /** Says that all it needs has been started. */
  ready(): void
}

/**
 * Waits.
 *
 * @param name the channel's
 * @param onEdit called when the program that it is about was edited
 */
export function waitForStart(name: string, onEdit: () => void): WaitingCheck {
  const channel = new BroadcastChannel(name)
  const started = new Promise<void>((resolve, reject) => {
    channel.addEventListener('message', (event) => {
      const signal = signalOf(event)
      if (signal === 'edited') onEdit()
      if (signal !== 'start' && signal !== 'stop') return
      channel.close()
      if (signal === 'start') resolve()
      else reject(new Error('Nobody wants this check any more.'))
    })
  })
  started.catch(() => {}) // Who awaits it hears of it, and may come to that later.
  return { started, ready: () => post(channel, 'ready') }
}

/** The process's side. */
export interface StartSignal {
  /** settles when the check has started all that it needs, and waits */
  readonly ready: Promise<void>
  send(signal: 'edited' | 'start' | 'stop'): void
  close(): void
}

/** @param name the channel's; each prepared check has one of its own */
export function openStartSignal(name: string): StartSignal {
  const channel = new BroadcastChannel(name)
  const ready = new Promise<void>((resolve) => {
    channel.addEventListener('message', (event) => {
      if (signalOf(event) === 'ready') resolve()
    })
  })
  return {
    ready,
    send: (signal) => post(channel, signal),
    close: () => channel.close(),
  }
}

function post(channel: BroadcastChannel, signal: Signal): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a window's postMessage is meant
  channel.postMessage(signal)
}

function signalOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'data' in event ? event.data : undefined
}
