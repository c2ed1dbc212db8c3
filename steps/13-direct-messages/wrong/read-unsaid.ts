import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what comes into the open conversation is seen, and nobody says so',
  changes: [
    {
      file: 'page/client.ts',
      from: `
  if (direct.from === talkingTo?.id) socket.emit('direct read', direct.from, () => {})`,
      to: '',
    },
  ],
  fails: 'two pages talk in private, and everyone is another place',
  says: `say 'direct read'`,
} satisfies Wrong
