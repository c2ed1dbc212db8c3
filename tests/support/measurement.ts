import type { Measurement } from '../../bench/trial.ts'

/** Twelve messages among two guests over WebSocket, as nothing but a test has measured them. */
export const measurement: Measurement = {
  connections: 0,
  requests: 0,
  bytesUp: 900,
  bytesDown: 2_000,
  payload: 500,
  messages: 36,
  seconds: 2,
  said: 12,
  textBytes: 480,
  delivered: 24,
  lost: 0,
  doubled: 0,
  latenciesMs: [1, 2, 3],
  guestsCpuSeconds: 0.1,
  server: { cpuSeconds: 0.2, memoryBytes: 60e6, bytesUp: 900, bytesDown: 2_000 },
  predicted: undefined,
}

/** A result's head, around rows of a test's own. */
export const resultHead = {
  format: 1,
  at: '2026-11-21T12:00:00.000Z',
  command: 'npm run bench',
  complete: true,
  headers: 'browser',
  url: null,
  machine: { system: 'linux', processor: 'a processor', cores: 2, memoryGB: 8, node: 'v20', packages: {} },
} as const
