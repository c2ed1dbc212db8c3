import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the key is made anew at each try',
  changes: [
    {
      file: 'page/client.ts',
      from: `import { io, type Socket } from 'socket.io-client'
`,
      to: `import { io, type Socket } from 'socket.io-client'
import { v4 as newKey } from 'uuid'
`,
    },
    {
      file: 'page/client.ts',
      from: `async function ask({ key, message, ...place }: Waiting): Promise<Answer> {
`,
      to: `async function ask({ message, ...place }: Waiting): Promise<Answer> {
  const key = newKey()
`,
    },
  ],
  fails: 'a page whose acknowledgement was lost shows the message once',
  says: 'the key is made once',
} satisfies Wrong
