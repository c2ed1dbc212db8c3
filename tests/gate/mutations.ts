import { parseAst } from 'vitest/node'
import { readLesson, type Lesson } from '#shared/course/lesson'
import { programIn } from '#shared/course/lesson-program'
import type { Step } from '#shared/course/course'

/** A finished program with one small mistake in what a learner typed. */
export interface Mutant {
  file: string
  /** what was changed, in one line: the file, the line as it stands there, and the change; unique in its step */
  name: string
  /** the file's text with the mistake in it */
  text: string
}

/** As ESTree has it: https://github.com/estree/estree */
interface Node {
  type: string
  start: number
  end: number
  [part: string]: unknown
}

interface Edit {
  from: number
  to: number
  text: string
  what: string
}

/**
 * Every mutant of a step: of each line that a learner types a statement left out, a limit that is off by one, another audience,
 * a comparison turned round, a step of a chain left out, two statements exchanged.
 *
 * @param step without blocks in its lesson it has none
 */
export function mutantsOf(step: Step): Mutant[] {
  const lesson = readLesson(step)
  if (!lesson) return []
  const named = new Map<string, Mutant>()
  for (const [file, text] of programIn(step.dir)) {
    if (!file.endsWith('.ts') || file === 'events.ts') continue // Types are gone before anything runs.
    for (const mutant of mutantsIn(file, text, typedIn(file, lesson))) named.set(mutant.name, mutant)
  }
  return [...named.values()]
}

/** What a lesson's blocks add to a file, line by line, without the spaces around them. */
function typedIn(file: string, { parts }: Lesson): Set<string> {
  const lines = parts.flatMap((part) => {
    if (part.is === 'checkpoint' || part.is === 'quote' || part.file !== file) return []
    return part.is === 'new'
      ? part.lines
      : part.lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1))
  })
  return new Set(lines.map((line) => line.trim()))
}

/** The mutants of one file. */
function mutantsIn(file: string, text: string, typed: Set<string>): Mutant[] {
  const lines = text.split('\n')
  const lineAt = (place: number) => text.slice(0, place).split('\n').length - 1
  const edits: Edit[] = []
  visit(parseAst(text, { lang: 'ts' }) as unknown as Node)
  return edits.map(({ from, to, text: replacement, what }) => ({
    file,
    name: `${file} · ${lines[lineAt(from)]!.trim()} · ${what}`,
    text: text.slice(0, from) + replacement + text.slice(to),
  }))

  function visit(node: Node, parent?: Node) {
    if (node.type.startsWith('TS') || node.type === 'ImportDeclaration') return
    if (typed.has(lines[lineAt(node.start)]!.trim()))
      edits.push(...new Place(node, parent, text, file).edits())
    for (const child of childrenOf(node)) visit(child, node)
  }
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flat().filter(isNode)
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

const exactUpTo = 2_000 // Above it a limit is of bytes, or of milliseconds: nobody notices one more.

const otherOperator: Record<string, string> = {
  '>': '>=',
  '<': '<=',
  '>=': '>',
  '<=': '<',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
}

const audiences = ['socket.emit', 'socket.broadcast.emit', 'io.emit', 'test.emit']

/** A node where it stands: what may be changed there. */
class Place {
  constructor(
    readonly node: Node,
    readonly parent: Node | undefined,
    readonly source: string,
    readonly file: string,
  ) {}

  edits(): Edit[] {
    const { type } = this.node
    if (isDoing(this.node)) return [...this.#leftOut(), ...this.#exchanged()]
    if (type === 'Literal' && typeof this.node.value === 'number') return this.#otherLimits(this.node.value)
    if (type === 'BinaryExpression' || type === 'LogicalExpression') return this.#otherOperators()
    if (type === 'CallExpression') return this.#otherCalls()
    if (type === 'UnaryExpression' && this.node.operator === '!')
      return [this.#replaced(this.#text('argument'), 'without the !')]
    return []
  }

  #leftOut(): Edit[] {
    const isBranch = this.parent?.type === 'IfStatement' // What is left out of an if needs something in its place.
    return [this.#replaced(isBranch ? '{}' : '', 'left out')]
  }

  /** The statement behind the next one, where that can matter: what they share, or the order of what others hear. */
  #exchanged(): Edit[] {
    const statements = this.parent?.body
    if (!Array.isArray(statements)) return []
    const next: unknown = statements[statements.indexOf(this.node) + 1]
    if (!isNode(next) || !isDoing(next)) return []
    const [first, second] = [this.#textOf(this.node), this.#textOf(next)]
    if (registers.test(first) && registers.test(second)) return []
    const isTouched = changedBy(this.node).some((name) => namesIn(next).includes(name))
    const touches = changedBy(next).some((name) => namesIn(this.node).includes(name))
    if (!isTouched && !touches && !(isHeard.test(first) && isHeard.test(second))) return []
    const { start } = this.node
    return [{ from: start, to: next.end, text: `${second}\n${first}`, what: 'behind the next statement' }]
  }

  #otherLimits(value: number): Edit[] {
    const isFactor = this.parent?.type === 'BinaryExpression' && value >= 100 // 1000 ms are a second.
    const isExact = value <= exactUpTo && !isFactor
    const isRough = value >= 10 && (!isExact || this.parent?.type === 'VariableDeclarator')
    const others = [
      ...(isExact ? [value + 1] : []),
      ...(isExact && value > 0 ? [value - 1] : []),
      ...(isRough ? [value * 2, Math.round(value / 2)] : []),
    ]
    return others.map((other) => this.#replaced(String(other), `${this.node.raw} is ${other}`))
  }

  #otherOperators(): Edit[] {
    const { type, operator } = this.node
    const [left, right] = [this.#text('left'), this.#text('right')]
    const other = otherOperator[String(operator)]
    if (!other) return []
    const turned = this.#replaced(
      `${left} ${other} ${right}`,
      `${operator} is ${other} before ${short(right)}`,
    )
    if (type === 'BinaryExpression') return [turned]
    return [
      turned,
      this.#replaced(right, `without ${short(left)}`),
      this.#replaced(left, `without ${short(right)}`),
    ]
  }

  #otherCalls(): Edit[] {
    const { callee, arguments: passed, typeArguments } = this.node
    if (!isNode(callee) || !Array.isArray(passed)) return []
    const called = this.#textOf(callee)
    if (!this.file.startsWith('page/') && audiences.includes(called)) {
      const hasNamespace = this.source.includes('const test = ')
      return audiences
        .filter((other) => other !== called && (other !== 'test.emit' || hasNamespace))
        .map((other) => ({ from: callee.start, to: callee.end, text: other, what: `${called} is ${other}` }))
    }
    // A call that is a statement is left out as a whole.
    if (passed.length > 0 || typeArguments || callee.type !== 'MemberExpression') return []
    if (this.parent?.type === 'ExpressionStatement' || !isNode(callee.object)) return []
    return [
      this.#replaced(
        this.#textOf(callee.object),
        `without ${called.slice(callee.object.end - callee.start)}()`,
      ),
    ]
  }

  #replaced(text: string, what: string): Edit {
    return { from: this.node.start, to: this.node.end, text, what }
  }

  #text(part: string): string {
    const node = this.node[part]
    return isNode(node) ? this.#textOf(node) : ''
  }

  #textOf({ start, end }: Node): string {
    return this.source.slice(start, end)
  }
}

/** A statement that only does something; without a declaration the rest would not even start. */
function isDoing({ type }: Node): boolean {
  return type === 'ExpressionStatement' || type === 'IfStatement'
}

/** Handlers may be registered in any order, but for those of `app.use`. */
const registers = /^[\w.]+\.(on|once|get|post|addEventListener)\(|^socket\.use\(/
/** What others notice, or what is kept: that comes in an order. */
const isHeard = /\b(emit|accept|refuse|close|run|push)\(|^response\./
/** They stand everywhere. */
const everywhere = new Set(['app', 'console', 'io', 'socket', 'response', 'view'])

function namesIn(node: Node): string[] {
  if (node.type === 'Identifier') return everywhere.has(String(node.name)) ? [] : [String(node.name)]
  // What a handler does, it does later.
  return node.type === 'ArrowFunctionExpression' ? [] : childrenOf(node).flatMap(namesIn)
}

/** The names of what a statement assigns to, counts up, or calls a method of. */
function changedBy(node: Node): string[] {
  if (node.type === 'ArrowFunctionExpression') return []
  const { type, left, argument, callee } = node
  const changed = [
    type === 'AssignmentExpression' && left,
    type === 'UpdateExpression' && argument,
    isNode(callee) && callee.type === 'MemberExpression' && callee.object,
  ].filter(isNode)
  return [...changed.flatMap(namesIn), ...childrenOf(node).flatMap(changedBy)]
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > 40 ? `${line.slice(0, 39)}…` : line
}
