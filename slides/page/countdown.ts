import { formatDuration, leftMs } from './pace.ts'

const prefixOf = (deck: string) => `${deck} turn `

/**
 * Counts the minutes of a slide on which the room works down, where the room sees them. They begin when the slide is first
 * shown, and go on while other slides are, and when the page is loaded again.
 *
 * @param deck `part-1`
 */
export function openCountdown(deck: string) {
  let slide: HTMLElement | undefined

  function tick(): void {
    const timer = slide?.querySelector<HTMLElement>('.minutes')
    if (!slide || !timer) return
    const key = prefixOf(deck) + slide.id
    const minutes = Number(timer.dataset.minutes)
    let left = leftMs(minutes, localStorage.getItem(key), Date.now())
    if (left === undefined) {
      localStorage.setItem(key, String(Date.now()))
      left = minutes * 60_000
    }
    timer.textContent = left > 0 ? formatDuration(left) : 'time is up'
  }

  setInterval(tick, 1_000)
  return {
    /** @param shown the slide on the wall, with minutes or without */
    show(shown: HTMLElement): void {
      slide = shown
      tick()
    },
    startAgain(): void {
      if (slide) localStorage.removeItem(prefixOf(deck) + slide.id)
      tick()
    },
  }
}

/** For another room: all slides of a deck begin with all their minutes. */
export function forgetCountdowns(deck: string): void {
  for (const key of Object.keys(localStorage))
    if (key.startsWith(prefixOf(deck))) localStorage.removeItem(key)
}
