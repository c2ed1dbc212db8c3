import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'everybody who logs in at this browser has the same outbox',
  changes: [
    {
      file: 'page/outbox.ts',
      from: `  prefix = \`outbox of \${person} · \`
`,
      to: `  prefix = \`outbox of \${Number(person > 0)} · \`
`,
    },
  ],
  fails: 'somebody else who logs in here neither sees nor sends it',
  says: 'the account is part of the names',
} satisfies Wrong
