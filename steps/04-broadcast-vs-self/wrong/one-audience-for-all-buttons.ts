import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page sends the same event, whichever button was pressed',
  changes: [
    {
      file: 'page/client.ts',
      from: 'socket.emit(chosen(event), { data })',
      to: `socket.emit('send_to_self', { data })`,
    },
  ],
  fails: 'three buttons, three audiences',
  says: 'which event does each button send',
} satisfies Wrong
