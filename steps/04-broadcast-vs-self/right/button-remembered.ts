import type { Right } from '#shared/check/wrong'

export default {
  story:
    'the page keeps the event that the clicked button carries; a switch; the buttons in a group; names in a WeakMap',
  changes: [
    {
      file: 'page/client.ts',
      from: `/** Each button carries the event that it sends. */
function chosen({ submitter }: SubmitEvent): keyof ClientEvents {
  const value = submitter instanceof HTMLButtonElement ? submitter.value : ''
  if (value === 'send_to_all' || value === 'send_to_others') return value
  return 'send_to_self'
}
`,
      to: `let wanted: keyof ClientEvents = 'send_to_self'
for (const button of view.form.querySelectorAll('button')) {
  button.addEventListener('click', () => {
    wanted = button.value as keyof ClientEvents
  })
}
`,
    },
    {
      file: 'page/client.ts',
      from: `socket.emit(chosen(event), { data })`,
      to: `socket.emit(wanted, { data })`,
    },
    {
      file: 'page/index.html',
      from: `        <button value="send_to_self">To myself</button>
        <button value="send_to_all">To all</button>
        <button value="send_to_others">To everyone else</button>`,
      to: `        <span role="group" aria-label="Who hears it">
          <button type="submit" name="event" value="send_to_self">To myself</button>
          <button type="submit" name="event" value="send_to_all">To all</button>
          <button type="submit" name="event" value="send_to_others">To everyone else</button>
        </span>`,
    },
    {
      file: 'server.ts',
      from: `  let count = 0 // one per guest: declared outside, all guests would share it
`,
      to: `  counts.set(socket, 0)
  const count = 0
`,
    },
    {
      file: 'server.ts',
      from: `const test = io.of('/test')`,
      to: `const test = io.of('/test')
const counts = new WeakMap<object, number>()`,
    },
    {
      file: 'server.ts',
      from: `if (isText(message?.data)) return { data: message.data, count: ++count }`,
      to: `if (message && isText(message.data)) {
      const next = (counts.get(socket) ?? 0) + 1
      counts.set(socket, next)
      return { data: message.data, count: next }
    }`,
    },
  ],
} satisfies Right
