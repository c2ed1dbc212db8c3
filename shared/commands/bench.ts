import { Advice } from '../advice.ts'
import { bench } from '../../bench/bench.ts'
import { readWords } from './words.ts'

const grammar = {
  command: 'npm run bench',
  options: { quick: true, full: true, json: true, bare: true },
  most: 0,
  example: 'npm run bench -- --quick',
} as const

/** `npm run bench`: WebSocket against polling, measured on this machine. */
export default function (words: string[]): Promise<number> {
  const { has } = readWords(words, grammar)
  if (has('quick') && has('full')) {
    throw new Advice('--quick and --full exclude each other.', `For example:  ${grammar.example}`)
  }
  return bench({
    command: [grammar.command, ...(words.length > 0 ? ['--', ...words] : [])].join(' '),
    mode: has('quick') ? 'quick' : has('full') ? 'full' : 'default',
    bare: has('bare'),
    json: has('json'),
    url: undefined,
  })
}
