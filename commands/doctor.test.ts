import { expect, test } from 'vitest'
import { otherInstaller } from './doctor.ts'

test.each([
  [['.package-lock.json', 'express'], undefined],
  [['.pnpm', '.modules.yaml', 'express'], 'pnpm'],
  [['.yarn-integrity', 'express'], 'yarn'],
  [['express'], undefined],
])('who installed the packages is seen in node_modules: %j', (names, installer) => {
  expect(otherInstaller(names)).toBe(installer)
})
