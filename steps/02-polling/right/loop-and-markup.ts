import type { Right } from '#shared/check/wrong'

export default {
  story:
    'the page asks in an endless loop with a sleep, prices in finally; other markup; the error handler with other words',
  changes: [
    {
      file: 'page/client.ts',
      from: `async function ask() {
  asked += 1
  try {
    const response = await fetch(\`/messages?after=\${lastId}\`)
    const newMessages: Message[] = await response.json()
    if (newMessages.length > 0) news += 1
    for (const { id, text } of newMessages) {
      lastId = id
      view.show(text, mine.has(id) ? 'mine' : 'theirs')
    }
    view.note('asking every second')
  } catch (error) {
    view.note(\`asking again: \${error}\`) // The server is gone, or we made a mistake: the words say which.
  }
  view.showPrice(asked, news)
  setTimeout(ask, 1_000)
}

ask()`,
      to: `const oneSecond = 1_000
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

async function fetchNews(): Promise<Message[]> {
  const url = new URL('/messages', location.href)
  url.searchParams.set('after', String(lastId))
  return (await fetch(url)).json()
}

async function keepAsking() {
  for (;;) {
    asked++
    try {
      const fresh = await fetchNews()
      if (fresh.length) news++
      fresh.forEach((message) => view.show(message.text, mine.has(message.id) ? 'mine' : 'theirs'))
      lastId = fresh.at(-1)?.id ?? lastId
      view.note('asking every second')
    } catch (error) {
      view.note(\`no answer, asking again (\${error})\`)
    } finally {
      view.showPrice(asked, news)
    }
    await sleep(oneSecond)
  }
}

void keepAsking()`,
    },
    {
      file: 'page/index.html',
      from: `      <form>
        <label for="text">Message</label>
        <input id="text" maxlength="2000" autocomplete="off" autofocus />
        <button>Send</button>`,
      to: `      <form class="box">
        <div><label>Message <input type="text" id="text" name="text" maxlength="2000" autocomplete="off" autofocus /></label></div>
        <button type="submit">Send</button>`,
    },
    {
      file: 'server.ts',
      from: `{ error: \`That could not be read: \${error.message}\` }`,
      to: `{ error: 'I do not understand what you sent' }`,
    },
  ],
} satisfies Right
