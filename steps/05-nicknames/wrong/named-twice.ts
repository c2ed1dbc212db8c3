import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a second name is taken like the first one, and counted like it',
  changes: [
    {
      file: 'server.ts',
      from: `    if (username) return refuse(\`You are \${username} already.\`, acknowledge)
`,
      to: ``,
    },
  ],
  fails: 'a second name is refused, and counts nobody twice',
  says: 'from somebody who has a name',
} satisfies Wrong
