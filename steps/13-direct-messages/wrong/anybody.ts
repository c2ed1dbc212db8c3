import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page offers only people that there are',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `    if (!kept) throw new Refusal('There is nobody to get this message.')
    io.to([\`user:\${id}\`, \`user:\${to}\`]).emit('direct message', kept)`,
      to: `    if (kept) io.to([\`user:\${id}\`, \`user:\${to}\`]).emit('direct message', kept)`,
    },
    {
      file: 'direct-messages.ts',
      from: 'import { hear, Refusal, type',
      to: 'import { hear, type',
    },
  ],
  fails: 'a message to nobody is refused, and the server goes on',
  says: 'throw new Refusal()',
} satisfies Wrong
