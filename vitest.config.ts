import { defineConfig } from 'vitest/config'
import { checkProject } from './shared/check/run-checks.ts'
import { steps } from './shared/course/course.ts'

const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
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
      // What does is here: npm run test:all. A guest who waits may wait for a busy machine.
      {
        test: {
          name: 'whole',
          include: ['tests/**/*.test.ts'],
          provide: { patienceMs: 30_000 },
          ...timeouts,
        },
      },
      ...steps.map((step) =>
        checkProject({ step, target: { dir: step.dir }, patienceMs: 10_000 }, step.name),
      ),
    ],
  },
})
