import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'ann and Ann are two people',
  changes: [
    { file: 'server.ts', from: `taken.has(name.toLowerCase())`, to: `taken.has(name)` },
    { file: 'server.ts', from: `taken.add(name.toLowerCase())`, to: `taken.add(name)` },
    { file: 'server.ts', from: `taken.delete(username.toLowerCase())`, to: `taken.delete(username)` },
  ],
  fails: 'a name is taken once, whatever its case',
  says: 'is Ann the same as ann?',
} satisfies Wrong
