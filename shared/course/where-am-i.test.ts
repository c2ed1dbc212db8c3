import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../tests/support/folders.ts'
import { findStep, steps } from './course.ts'
import { whereAmI } from './where-am-i.ts'
import { begin } from './work-folder.ts'

test('where one is: ticks, minutes and the next command', async () => {
  const folder = await temporaryFolder()
  const lines = async () => (await whereAmI(folder)).join('\n')
  const passes = (step: number) =>
    writeFile(
      join(folder, '.workshop.json'),
      JSON.stringify({ passed: { [step]: '2026-01-01T10:00:00.000Z' }, hints: {} }),
    )

  const empty = await lines()
  expect(empty).toContain('   1  Hello, HTTP                     8 min\n')
  expect(empty).toContain(`${steps.reduce((sum, { minutes }) => sum + minutes, 0)} min in all`)
  expect(empty).toContain('Next: npm run work   (begins step 1 in work/)')

  await begin(findStep('2'), { folder })
  await passes(1)
  const begun = await lines()
  expect(begun).toMatch(/^ +1 .* 8 min  ✓ passed$/m)
  expect(begun).toMatch(/^→ +2 .* 10 min  work\/ is here$/m)
  expect(begun).toContain(
    'Next: npm run work   (runs your program)\n      npm run check  (is your step done?)',
  )

  await passes(2)
  const passed = await lines()
  expect(passed).toMatch(/^→ +2 .*✓ passed, work\/ is here$/m)
  expect(passed).toContain('Next: npm run next   (step 3 · A connection that stays open)')
})
