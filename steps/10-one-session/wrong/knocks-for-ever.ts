import type { Wrong } from '#shared/check/wrong'

export default {
  story: `a page that is not let in tries again and again`,
  changes: [
    {
      file: 'page/client.ts',
      from: `if (error.data?.code === 'unauthorized')`,
      to: `if (error.data?.code === 'forbidden')`,
    },
  ],
  fails: `a page whose session has ended goes to the door`,
  says: `data.code is`,
} satisfies Wrong
