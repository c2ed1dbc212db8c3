import type { Right } from '#shared/check/wrong'

export default {
  story:
    'posts as a list of definitions, the refusal without a role, in a sentence that ends in an exclamation mark; one function that answers refusals',
  changes: [
    {
      file: 'board-pages.ts',
      from: '      <section id="board" aria-label="Posts">',
      to: '      <div>',
    },
    {
      file: 'board-pages.ts',
      from: '      </section>`,',
      to: '      </div>`,',
    },
    {
      file: 'board-pages.ts',
      from: `  return html\`<article>
    <h2 dir="auto">\${title}</h2>
    <p class="text" dir="auto">\${text}</p>
    <p>
      <small>\${author}, <time datetime="\${when}">\${when.slice(0, 16).replace('T', ' ')} UTC</time></small>
    </p>`,
      to: `  return html\`<div>
    <h3><em>\${title}</em></h3>
    <p>\${when} · \${author}</p>
    <blockquote>\${text}</blockquote>`,
    },
    {
      file: 'board-pages.ts',
      from: '  </article>`',
      to: '  </div>`',
    },
    {
      file: 'forms.ts',
      from: `<p class="flash" role="alert">\${problem}</p>`,
      to: `<p><strong>\${problem}</strong></p>`,
    },
    {
      file: 'posts.ts',
      from: `'A title has 1 to 100 characters.'`,
      to: `'A title has 1 to 100 characters!'`,
    },
    {
      file: 'board.ts',
      from: `    if (error) return void response.status(400).send(again(error.issues[0]?.message))
    if (!spend(id, 10))
      return void response.status(429).send(again('Slow down: one post a second is the most.'))
    published({ id: addPost(id, data), title: data.title, author: username })
`,
      to: `    const refuse = (status: number, why?: string) => void response.status(status).send(again(why))
    if (error) return refuse(400, error.issues[0]?.message)
    if (!spend(id, 12)) return refuse(429, 'Please wait!')
    const number = addPost(id, data)
    published({ id: number, title: data.title, author: username })
`,
    },
  ],
} satisfies Right
