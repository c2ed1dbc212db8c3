import type { Step } from '#shared/course/course'
import type { Document } from './document.ts'
import type { CourseResult } from './course-result.ts'
import type { Texts } from './texts.ts'

/** Every answer of a lesson's quiz has a test that quotes it, and every test quotes an answer that stands there. */
export function quiz({ source, at }: Document, step: Step, { read }: Texts): CourseResult[] {
  const answers = [...source.matchAll(/<details><summary>Answer<\/summary>(.*?)<\/details>/gs)].map(
    ([, answer = '']) => plain(answer),
  )
  const ours = claimsIn(read('tests/quiz/quiz.test.ts') ?? '', step)
  return [
    at(
      'its quiz has a folded answer',
      answers.length > 0 ? undefined : 'no <details><summary>Answer</summary>',
    ),
    ...answers.map((answer, index) =>
      at(
        `answer ${index + 1} of its quiz is tested`,
        ours.some((words) => answer.includes(words)) ? undefined : 'quiz.test.ts quotes none of its words',
      ),
    ),
    ...ours.map((words) =>
      at(
        `the tested claim “${words}”`,
        answers.some((answer) => answer.includes(words)) ? undefined : 'no answer of the quiz says that',
      ),
    ),
  ]
}

/** The words of a step's answers that quiz.test.ts quotes in the names of its tests: `step 4: “…”`. */
function claimsIn(tests: string, { number }: Step): string[] {
  return [...tests.matchAll(/^test\((['"`])step (\d+): “(.*?)”\1,/gm)]
    .filter(([, , step]) => Number(step) === number)
    .map(([, , , words = '']) => plain(words.replaceAll(/\\(.)/g, '$1')))
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
