import { inlineCode, type Document } from './document.ts'
import type { CourseResult } from './course-result.ts'
import { programOf, type Texts } from './texts.ts'

/** Every call of Socket.IO that a step makes has an entry. */
export function everyCall(glossary: Document, texts: Texts): CourseResult[] {
  const entries = new Set(inlineCode(glossary).flatMap(callsIn))
  return [...callsOfSteps(texts)].map(([call, where]) =>
    glossary.at(
      `the call ${call}`,
      entries.has(call) ? undefined : `${where} makes it, and the glossary leaves it out`,
    ),
  )
}

/** What an entry names, [`socket.emit('echo', …)`](steps/03-socket-echo/server.ts), stands in one line of that file. */
export function everyPlace({ source, at }: Document, { read }: Texts): CourseResult[] {
  return [...source.matchAll(/\[`([^`]+)`\]\(([^)#]+)\)/g)].map(([, code = '', path = '']) => {
    // The names that it calls, with their dots and brackets, and the words that it calls them with.
    const pieces = code.match(/[\w.]*\w\(|^[\w.]+$|'[^'…]+'/g) ?? [code]
    const lines = (read(path) ?? '').split('\n')
    const isThere = lines.some((line) => pieces.every((piece) => line.includes(piece)))
    return at(`the place of ${code}`, isThere ? undefined : `no line of ${path} has it`)
  })
}

/** Each call with the first file that makes it, `steps/03-socket-echo/server.ts`. */
function callsOfSteps(texts: Texts): Map<string, string> {
  const found = new Map<string, string>()
  for (const step of texts.steps) {
    for (const [path, source] of programOf(step, texts)) {
      if (!/\/(server|client)\.ts$/.test(path) || !source.includes("from 'socket.io")) continue
      for (const call of callsIn(source)) if (!found.has(call)) found.set(call, path)
    }
  }
  return found
}

/**
 * What is called on Socket.IO's own, as the steps name it: the server, a namespace, a guest's socket, the connection below
 * it. Brackets between two dots may hold a call, and not a call in a call.
 */
const called = /(?<![\w.'])(?:io|socket|test|engine)(?:\.\w+|\((?:[^()]|\([^()]*\))*\)(?=\.))*\(/g
const sessions = 'socket.request.session' // Express's, not Socket.IO's

/** The calls in a piece of code, without what is handed to them: `io.to().emit()`. */
function callsIn(code: string): string[] {
  return [...code.matchAll(called)]
    .map(([call]) => `${call.replaceAll(/\((?:[^()]|\([^()]*\))*\)/g, '()')})`)
    .filter((call) => !call.startsWith(sessions))
}
