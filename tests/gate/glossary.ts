import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { programFilesIn, steps } from '#shared/course/course'
import { inlineCode, type Document } from './document.ts'
import type { Kept } from './course-result.ts'

/** Every call of Socket.IO that a step makes has an entry. */
export function everyCall(glossary: Document): Kept[] {
  const entries = new Set(inlineCode(glossary).flatMap(callsIn))
  return [...callsOfSteps()].map(([call, where]) =>
    glossary.at(
      `the call ${call}`,
      entries.has(call) ? undefined : `${where} makes it, and the glossary leaves it out`,
    ),
  )
}

/** Each call with the first file that makes it, `steps/03-socket-echo/server.ts`. */
function callsOfSteps(): Map<string, string> {
  const found = new Map<string, string>()
  for (const { name, dir } of steps) {
    for (const file of programFilesIn(dir).filter((one) => one === 'server.ts' || one === 'client.ts')) {
      const source = readFileSync(join(dir, file), 'utf8')
      if (!source.includes("from 'socket.io")) continue
      for (const call of callsIn(source)) {
        if (!found.has(call)) found.set(call, `steps/${name}/${file}`)
      }
    }
  }
  return found
}

// What the steps call Socket.IO's own by: the server, a namespace, a guest's socket, the connection below it.
const begins = /(?<![\w.'])(?:io|socket|test|engine)(?=[.(])/g
const sessions = 'socket.request.session' // Express's, not Socket.IO's

/** The calls in a piece of code, without what is handed to them: `io.to().emit()`. */
function callsIn(code: string): string[] {
  return [...code.matchAll(begins)].flatMap(({ index, 0: name }) => {
    const call = chain(code, index + name.length)
    return call.includes('(') && !`${name}${call}`.startsWith(sessions) ? [`${name}${call}`] : []
  })
}

/** What is called one behind the other from here on, up to the last pair of brackets. */
function chain(code: string, from: number): string {
  let at = from
  let found = ''
  for (;;) {
    const [name = ''] = /^(?:\.\w+)*/.exec(code.slice(at, at + 200)) ?? []
    at += name.length
    if (code[at] !== '(') return found
    found += `${name}()`
    at = behindBracket(code, at)
  }
}

function behindBracket(code: string, open: number): number {
  let depth = 0
  for (let at = open; at < code.length; at++) {
    if (code[at] === '(') depth += 1
    if (code[at] === ')') depth -= 1
    if (depth === 0) return at + 1
  }
  return code.length
}
