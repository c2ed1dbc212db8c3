import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Document } from './document.ts'
import type { Kept } from './course-result.ts'

const tests = readFileSync(join(import.meta.dirname, '..', 'quiz', 'quiz.test.ts'), 'utf8')

/** What quiz.test.ts tests: the words of a step's answer, and the step's number. */
const claims = [...tests.matchAll(/^test\((['"`])step (\d+): “(.*?)”\1,/gm)].map(
  ([, , step, words = '']) => ({
    step: Number(step),
    words: plain(words.replaceAll(/\\(.)/g, '$1')),
  }),
)

/** Every answer of a lesson's quiz has a test that quotes it, and every test quotes an answer that stands there. */
export function quiz({ source, step, at }: Document): Kept[] {
  if (!step) return []
  const answers = [...source.matchAll(/<details><summary>Answer<\/summary>(.*?)<\/details>/gs)].map(
    ([, answer = '']) => plain(answer),
  )
  const ours = claims.filter((claim) => claim.step === step.number)
  return [
    at(
      'its quiz has a folded answer',
      answers.length > 0 ? undefined : 'no <details><summary>Answer</summary>',
    ),
    ...answers.map((answer, index) =>
      at(
        `answer ${index + 1} of its quiz is tested`,
        ours.some(({ words }) => answer.includes(words))
          ? undefined
          : 'quiz.test.ts quotes none of its words',
      ),
    ),
    ...ours.map(({ words }) =>
      at(
        `the tested claim “${words}”`,
        answers.some((answer) => answer.includes(words)) ? undefined : 'no answer of the quiz says that',
      ),
    ),
  ]
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
