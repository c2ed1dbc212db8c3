import type { Request, Response } from 'express'
import type { Wire } from '../../wire/open-wire.ts'
import type { Events } from '../protocol.ts'
import { rowMaker } from './row-maker.ts'

const batchMs = 50 // 20 times a second: as smooth as anybody reads
const mostAtOnce = 2_000 // rows; what a page can take in without a jerk
const pulseMs = 15_000 // tells a page from one whose laptop was closed

/** The pages that listen. */
export interface Audience {
  /** Answers a request for the stream, and goes on until the page has gone. */
  welcome(request: Request, response: Response): void
  tell<Name extends keyof Events>(name: Name, data: Events[Name]): void
  /** Lets all of them go. */
  close(): void
}

interface Page {
  readonly response: Response
  /** the last row that it has, or that has been missed */
  lastRow: number
}

/**
 * @param wire whose rows and totals they hear of; rows wait at the wire for a page that is slow, and the oldest are missed
 * @param greet what a page is told when it comes
 */
export function openAudience(wire: Wire, greet: (page: Pick<Audience, 'tell'>) => void): Audience {
  const pages = new Set<Page>()
  const toRow = rowMaker()
  const stopTotals = wire.on('totals', (totals) => tell('totals', totals))
  let timer: NodeJS.Timeout | undefined

  function tell<Name extends keyof Events>(name: Name, data: Events[Name], to: Iterable<Page> = pages) {
    const text = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
    for (const { response } of to) response.write(text)
  }

  function sendRows() {
    for (const page of pages) {
      if (page.response.writableNeedDrain) continue
      const records = wire.records(page.lastRow)
      const news = records.slice(-mostAtOnce)
      const [first, last] = [news[0], news.at(-1)]
      if (!first || !last) continue
      const missed = first.id - page.lastRow - 1
      page.lastRow = last.id
      // The id comes back as Last-Event-ID when the page's connection breaks, and it goes on from there.
      page.response.write(`id: ${last.id}\n`)
      tell('rows', { missed, rows: news.map(toRow) }, [page])
    }
  }

  const pulse = setInterval(() => {
    for (const { response } of pages) response.write(': still here\n\n')
  }, pulseMs)
  pulse.unref()

  return {
    welcome(request, response) {
      const since = Number(request.get('last-event-id') ?? 0)
      const page: Page = { response, lastRow: Number.isSafeInteger(since) && since > 0 ? since : 0 }
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.write('retry: 500\n\n')
      pages.add(page)
      greet({ tell: (name, data) => tell(name, data, [page]) })
      tell('totals', wire.totals(), [page])
      timer ??= setInterval(sendRows, batchMs)
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
