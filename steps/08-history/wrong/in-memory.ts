import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a list in the program remembers as long as the program runs',
  changes: [
    {
      file: 'server.ts',
      from: "new Database(join(dataFolder(import.meta.dirname), 'chat.db'), { timeout: 100 })",
      to: "new Database(':memory:')",
    },
    {
      file: 'server.ts',
      from: `import { join } from 'node:path'
`,
      to: '',
    },
    {
      file: 'server.ts',
      from: `import { dataFolder } from '#shared/serve/data'
`,
      to: '',
    },
  ],
  fails: 'it survives the end of the program, and even kill -9',
  says: 'is it written into a file',
} satisfies Wrong
