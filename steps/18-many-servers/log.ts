import type { NextFunction, Request, Response } from 'express'

/**
 * Writes a line of JSON. What somebody has said is never in it.
 *
 * @param what happened, in words
 * @param more what one may want to search for
 */
export function log(what: string, more: Record<string, string | number | undefined> = {}): void {
  console.log(JSON.stringify({ at: new Date().toISOString(), what, ...more }))
}

/** The same for what has gone wrong. Of an error, its message and place: other fields may hold what somebody has said. */
export function logError(error: unknown): void {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  const where = stack?.split('\n').filter((line) => line.startsWith('    at ')).slice(0, 5).map((line) => line.trim()) // prettier-ignore
  console.error(
    JSON.stringify({ at: new Date().toISOString(), what: 'error', error: `${name}: ${message}`, where }),
  )
}

/** Writes a line for each request, once its answer is out: only then is its status known. */
export function logRequests(request: Request, response: Response, next: NextFunction): void {
  const startedAt = performance.now()
  response.on('close', () => {
    const ms = Math.round(performance.now() - startedAt)
    log(`${request.method} ${request.originalUrl} ${response.statusCode} in ${ms} ms`)
  })
  next()
}
