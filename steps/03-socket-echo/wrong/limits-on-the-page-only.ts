import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page has a maxlength, so the server need not look',
  changes: [
    {
      file: 'server.ts',
      from: `socket.on('echo', (text) => {
    if (!isText(text)) return refuse()`,
      to: `socket.on('echo', (text) => {`,
    },
  ],
  fails: 'nonsense is refused, with a reason',
  says: 'types stop at the network',
} satisfies Wrong
