import { defineConfig } from 'vitest/config'
import { steps } from './shared/course.ts'
import { checkProject } from './shared/check/run-checks.ts'

export default defineConfig({
  test: {
    maxWorkers: 2, // programs and a browser run beside them
    globalSetup: ['shared/check/global-setup.ts'],
    projects: [
      {
        test: {
          name: 'shared',
          include: ['shared/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'bench',
          include: ['bench/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'slides',
          include: ['slides/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      ...steps.map((step) =>
        checkProject({ step, target: { dir: step.dir }, patienceMs: 10_000 }, step.name),
      ),
    ],
  },
})
