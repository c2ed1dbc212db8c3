import { defineConfig } from 'vitest/config'
import { checkProject } from './shared/check/run-checks.ts'
import { steps } from './shared/course/course.ts'
import { tasksByNeed } from './shared/course/tasks.ts'

// What a test waits for comes at once, on a machine that has nothing else to do.
const timeouts = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 30_000 } } }

export default defineConfig({
  test: {
    experimental: { fsModuleCache: true, fsModuleCachePath: 'node_modules/.cache/vitest' }, // what all checks import is compiled once
    maxWorkers: 3, // most of the time a check waits for what its program and its page do
    pool: 'threads',
    globalSetup: ['shared/check/global-setup.ts'],
    projects: [
      // A test beside the file that it tests starts no program and no browser.
      {
        test: {
          name: 'unit',
          isolate: false,
          include: ['commands', 'shared', 'bench', 'slides'].map((folder) => `${folder}/**/*.test.ts`),
          ...timeouts,
        },
      },
      // What does is here: npm run test:all. Much of it starts programs again and again, and all of it may wait for a busy machine.
      {
        test: {
          name: 'whole',
          include: ['tests/**/*.test.ts'],
          provide: { patienceMs: 30_000 },
          ...timeouts,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      // A check in two parts: what Node alone can run is in npm test, and on every machine the same.
      ...steps.flatMap((step) => {
        const { node, more } = tasksByNeed(step)
        const job = { step, target: { dir: step.dir }, patienceMs: 10_000 }
        return [
          ...(node.length > 0 ? [checkProject({ ...job, only: node }, step.name)] : []),
          ...(more.length > 0 ? [checkProject({ ...job, only: more }, `whole ${step.name}`)] : []),
        ]
      }),
    ],
  },
})
