import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what was typed is put back into the form as it came',
  changes: [
    {
      file: 'forms.ts',
      from: `<input id="username" name="username" value="\${username}" autocomplete="username" autofocus />
      <label for="displayName">`,
      to: `\${new Html(\`<input id="username" name="username" value="\${username}" autocomplete="username" autofocus />\`)}
      <label for="displayName">`,
    },
    {
      file: 'forms.ts',
      from: 'import { html, type Html } from',
      to: 'import { html, Html } from',
    },
  ],
  fails: 'what cannot be registered is refused in words, and nothing typed is lost',
  says: 'keeps what is put in as text',
} satisfies Wrong
