import { parseArgs } from 'node:util'
import { findStep, steps } from '../course.ts'
import { checksTell } from '../gate/checks.ts'
import type { Kept } from '../gate/finding.ts'

/** `npm run test:course`: does the course keep what it promises? It names the step and the promise that broke. */
export default async function testCourse(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: { step: { type: 'string' }, promise: { type: 'string' } },
  })
  const some = values.step ? [findStep(values.step)] : steps
  const wanted = (promise: number) => !values.promise || Number(values.promise) === promise

  const kept: Kept[] = []
  if (wanted(1) || wanted(2) || wanted(3)) kept.push(...(await checksTell(some, steps)))

  const broken = kept.filter((one) => one.broken)
  for (const { promise, where, what, broken: why } of broken) {
    console.log(
      `BROKEN  promise ${promise} · ${where} · ${what}\n        ${why?.replaceAll('\n', '\n        ')}`,
    )
  }
  console.log(`${kept.length - broken.length} passed, ${broken.length} failed`)
  return broken.length === 0 ? 0 : 1
}
