import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a session that nobody has a cookie for is gone by itself',
  changes: [
    {
      file: 'session-store.ts',
      from: '    answer(done, () => this.#destroy.run(id))',
      to: '    answer(done, () => this.#destroy.run(""))',
    },
  ],
  fails: 'who logs in gets a new session, in a cookie that scripts cannot read',
  says: 'what does destroy() do?',
} satisfies Wrong
