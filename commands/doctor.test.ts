import { expect, test } from 'vitest'
import { otherInstaller, whatToDo } from './doctor.ts'

test.each([
  [['.package-lock.json', 'express'], undefined],
  [['.pnpm', '.modules.yaml', 'express'], 'pnpm'],
  [['.yarn-integrity', 'express'], 'yarn'],
  [['express'], undefined],
])('who installed the packages is seen in node_modules: %j', (names, installer) => {
  expect(otherInstaller(names)).toBe(installer)
})

test('at the end doctor names the one thing to do: what failed first', () => {
  const well = { says: 'Node 20' }
  const mild = { says: 'port 3000 is taken', next: 'Stop that one', mild: true }
  const packages = { says: 'packages: 3 differ', next: 'npm install' }
  const database = { says: 'SQLite does not load', next: 'npm rebuild better-sqlite3' }
  expect(whatToDo([well, mild])).toBe('This machine is ready.  Next: npm start')
  expect(whatToDo([well, mild, packages, database])).toBe(
    'Not ready: 1 thing to do, and 1 more that may go with it.\nDo this:  npm install\nAfter it:  npm run doctor',
  )
})
