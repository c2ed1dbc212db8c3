import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'everything that is said in /test is said by test.emit: the refusal, too, and everybody reads what Ann did wrong',
  changes: [{ file: 'server.ts', from: `socket.emit('refused',`, to: `test.emit('refused',` }],
  fails: 'nonsense is refused, and not counted',
  says: 'socket.emit(), not test.emit()',
} satisfies Wrong
