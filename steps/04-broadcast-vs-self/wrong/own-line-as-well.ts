import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'the page shows its own line by itself, as it did in step 3: Ann reads what she sent to all twice, and what she sent to the others once',
  changes: [
    {
      file: 'page/client.ts',
      from: `  socket.emit(chosen(event), { data })
`,
      to: `  view.show(data, 'mine')
  socket.emit(chosen(event), { data })
`,
    },
  ],
  fails: 'three buttons, three audiences',
  says: 'is what she types shown by the page itself, too?',
} satisfies Wrong
