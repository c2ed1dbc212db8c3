import type { ErrorRequestHandler } from 'express'
import { DatabaseError } from './database.ts'
import { logError } from './log.ts'

/** Answers what another handler has failed at. Express knows it by its four parameters. */
export const answerErrors: ErrorRequestHandler = (error, _request, response, next) => {
  const status = Number(error.status ?? 500)
  if (status >= 500) logError(error)
  if (response.writableEnded) return // What was asked for is answered. What failed is the session, which is kept behind it.
  if (response.headersSent) return next(error)
  if (status >= 500) response.set('Connection', 'close') // The session may fail behind this answer too, and Express then cuts the line.
  response.status(status).type('text').send(sentenceOf(status, error))
}

function sentenceOf(status: number, error: Error): string {
  if (status === 503) return error.message
  if (status < 500) return `That could not be read: ${error.message}`
  return error instanceof DatabaseError ? 'It could not be kept: try again.' : 'Something broke here.'
}
