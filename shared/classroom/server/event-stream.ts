import type { Request, Response } from 'express'
import type { Wire } from '../../wire/open-wire.ts'
import type { Events, Status } from '../protocol.ts'
import { rowMaker } from './row-maker.ts'

const batchMs = 50 // 20 times a second: as smooth as anybody reads
const maxRowsAtOnce = 2_000 // what a page can take in without a jerk
const maxWaitingBytes = 1_000_000 // for a page that does not read: a laptop that sleeps
const pulseMs = 15_000 // tells a page from one whose laptop was closed

export type EventStream = ReturnType<typeof openEventStream>

interface Page {
  readonly response: Response
  /** the last row that it has, or that has been missed */
  lastRow: number
  /** what it was to be told no longer fits in its buffer; until that is empty it is told nothing */
  isBehind: boolean
}

/**
 * The pages that listen to the classroom's server, each by server-sent events.
 *
 * @param wire whose rows and totals the pages hear of; rows wait at the wire for a page that is slow, and the oldest are
 *   missed
 * @param presentStatus what a page is told when it comes, and when it reads again after a while
 */
export function openEventStream(wire: Wire, presentStatus: () => Promise<Status>) {
  const pages = new Set<Page>()
  const toRow = rowMaker()
  const stopTotals = wire.on('totals', (totals) => tell('totals', totals))
  let timer: NodeJS.Timeout | undefined

  /** Tells all pages, or these. One that does not read misses it. */
  function tell<Name extends keyof Events>(name: Name, data: Events[Name], to: Iterable<Page> = pages) {
    const text = eventOf(name, data)
    for (const page of to) {
      if (page.response.writableLength > maxWaitingBytes) page.isBehind = true
      if (!page.isBehind) page.response.write(text)
    }
  }

  function tellWhereWeAre(page: Page) {
    tell('totals', wire.totals(), [page])
    presentStatus().then((status) => tell('status', status, [page]), console.error)
  }

  function sendRows() {
    for (const page of pages) {
      if (page.response.writableNeedDrain) continue
      const records = wire.records(page.lastRow)
      const news = records.slice(-maxRowsAtOnce)
      const [first, last] = [news[0], news.at(-1)]
      if (!first || !last) continue
      const missed = first.id - page.lastRow - 1
      page.lastRow = last.id
      // The id comes back as Last-Event-ID when the page's connection breaks, and it goes on from there.
      page.response.write(`id: ${last.id}\n${eventOf('rows', { missed, rows: news.map(toRow) })}`)
    }
  }

  const pulse = setInterval(() => {
    for (const { response, isBehind } of pages) if (!isBehind) response.write(': still here\n\n')
  }, pulseMs)
  pulse.unref()

  return {
    /** Answers a request for the stream, and goes on until the page has gone. */
    open(request: Request, response: Response) {
      const since = Number(request.get('last-event-id') ?? 0)
      const lastRow = Number.isSafeInteger(since) && since > 0 ? since : 0
      const page: Page = { response, lastRow, isBehind: false }
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.write('retry: 500\n\n')
      pages.add(page)
      tellWhereWeAre(page)
      timer ??= setInterval(sendRows, batchMs)
      response.on('drain', () => {
        if (!page.isBehind) return
        page.isBehind = false
        tellWhereWeAre(page)
      })
      response.once('close', () => {
        pages.delete(page)
        if (pages.size > 0) return
        clearInterval(timer)
        timer = undefined
      })
    },
    tell,
    close() {
      stopTotals()
      clearInterval(timer)
      clearInterval(pulse)
      for (const { response } of pages) response.end()
    },
  }
}

function eventOf<Name extends keyof Events>(name: Name, data: Events[Name]): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}
