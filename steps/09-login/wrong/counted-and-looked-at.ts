import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who has tried too often is told so, and let in all the same',
  changes: [
    {
      file: 'accounts.ts',
      from: `    if (minutes > 0) {
      response.status(429).set('Retry-After', String(minutes * 60))
      return void response.send(again(\`Too many attempts: try again in \${minutes} minutes.\`))
    }
`,
      to: `    if (minutes > 0) console.log('%s tries too often', username)
`,
    },
  ],
  fails: 'passwords cannot be guessed, and guessing at ann does not lock out ben',
  says: '30 were looked at',
} satisfies Wrong
