import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page lets Ann in without reading the answer',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (answer.ok) view.letIn()\n  else view.keepOut(answer.error)`,
      to: `  view.letIn()`,
    },
  ],
  fails: 'a name that is refused stays at the door',
  says: 'may be no',
} satisfies Wrong
