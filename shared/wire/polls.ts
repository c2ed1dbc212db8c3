export type PollWatch = ReturnType<typeof watchPolls>

// Browsers open at most six HTTP/1.1 connections to a host: Chromium, Firefox and Safari alike.
const maxConnections = 6

/** The record's meaning, when that happens. */
export const sixPolls =
  'six long-polling connections are held by one browser: it opens no more than six to a host, so all its tabs ' +
  'freeze. What a tab sends waits for a free connection, and there is none until a poll is answered. ' +
  'Close a tab, or allow WebSocket, which does not count among the six.'

/**
 * Looks out for browsers whose six connections to a host are all taken up by long polls.
 *
 * @param heldMs a poll that is answered sooner is not held: six tabs that open at once, and upgrade, are no freeze
 * @param report called when six have been held that long, and again only after there were fewer
 */
export function watchPolls(heldMs: number, report: () => void) {
  const browsers = new Map<string, { open: number; timer?: ReturnType<typeof setTimeout> }>()

  return {
    /**
     * A request that asks for packets is on its way.
     *
     * @param name what makes requests come from the same browser: User-Agent and Host
     * @returns to be called once its answer has come, or cannot come any more
     */
    open(name: string): () => void {
      // Programs have no such limit; every browser's User-Agent begins with this word.
      if (!name.startsWith('Mozilla/')) return () => {}
      const browser = browsers.get(name) ?? { open: 0 }
      browsers.set(name, browser)
      browser.open++
      if (browser.open === maxConnections) {
        clearTimeout(browser.timer)
        browser.timer = setTimeout(report, heldMs)
      }
      let done = false
      return () => {
        if (done) return
        done = true
        browser.open--
        if (browser.open < maxConnections) clearTimeout(browser.timer)
        if (browser.open === 0) browsers.delete(name)
      }
    },
    stop() {
      for (const { timer } of browsers.values()) clearTimeout(timer)
    },
  }
}
