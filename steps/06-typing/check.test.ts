import type { Guest } from '#shared/check/guest'
import { need } from '#shared/check/not-yet'
import { eventually, reconnectMs } from '#shared/check/patience'
import { test } from '#shared/check/test'
import type { PageGuest } from '#shared/check/page-guest'

const field = 'Message'

test('the others see who is typing, and who stops', async ({ guests }) => {
  const { ann, ben } = await named(guests, 'ann', 'ben')
  const look = "server.ts — socket.on('typing'): who hears it, and what do they need to know?"
  ann.emit('typing')
  await ben.hears('typing', { username: 'ann' }, look)
  ann.emit('stop typing')
  await ben.hears('stop typing', { username: 'ann' }, look)
  ann.emit('typing')
  await ben.hears('typing', { username: 'ann' }, look)
  await ann.ask('new message', ['done'], look)
  ann.emit('typing') // Another program than our page may leave out “stop typing”.
  await ben.hears(
    'typing',
    { username: 'ann' },
    'server.ts — each “typing” is passed on, whatever came before',
  )
  ben.emit('typing')
  // Ben's typing comes last, so Ann's own would stand before it.
  await ann.hears(
    'typing',
    { username: 'ben' },
    'server.ts — nobody needs to be told that they type themselves',
  )
  ann.hasNotHeard(
    'stop typing',
    'Ann does not hear herself stop',
    'server.ts — socket.broadcast skips the sender',
  )
})

test('nobody types without a name', async ({ guests }) => {
  const { ann } = await named(guests, 'ann')
  const { ghost } = await guests('ghost')
  const look = 'server.ts — what if "typing" or "stop typing" comes before its sender has a name?'
  ghost.emit('stop typing')
  ghost.emit('typing')
  const { ben } = await named(guests, 'ben')
  ben.emit('typing')
  await ann.hears('typing', { username: 'ben' }, look)
  ann.hasNotHeard('stop typing', 'Ann hears nothing of a guest without a name', look)
  ghost.hasNotHeard(
    'refused',
    'a guest without a name is told nothing',
    'server.ts — nobody is refused for typing',
  )
})

test('the first key says typing, 400 ms without a key say stop typing', async ({ guests, windows }) => {
  const { ben } = await named(guests, 'ben')
  const { ann } = await windows('ann')
  await enters(ann, 'ann')
  const look =
    'client.ts — the first key sends "typing"; each key starts the 400 ms again; when they are over, "stop typing" goes out'
  await ann.stopsTheClock()
  for (const key of 'hey') {
    await ann.types(field, key)
    await ann.passes(399)
  }
  await ann.passes(1)
  await ben.hears('typing', { username: 'ann' }, look)
  await ben.hears('stop typing', { username: 'ann' }, look)
  ben.hasNotHeard('typing', 'three keys in a row are one "typing"', look)
  await ann.types(field, '!')
  const again = 'client.ts — after "stop typing", is the next key a first key again?'
  await ben.hears('typing', { username: 'ann' }, again)
})

test('sending says stop typing, before the message', async ({ guests, windows }) => {
  const { ben } = await named(guests, 'ben')
  const { ann } = await windows('ann')
  await enters(ann, 'ann')
  const look = 'client.ts — what ends when the form is sent? The pause is then over, too'
  await ann.stopsTheClock()
  await ann.types(field, 'hi')
  await ann.presses('Enter')
  await ben.next('new message', "Ben hears Ann's message", look)
  const order = ben.order('typing', 'stop typing', 'new message')
  need(order.join(', ') === 'typing, stop typing, new message', {
    expected: 'typing, stop typing, new message, in this order',
    saw: order.join(', '),
    look,
  })
  await ann.types(field, 'ho')
  await ann.passes(400)
  await ann.presses('Enter')
  await ben.next('new message', "Ben hears Ann's second message", look)
  const both = ben.order('typing', 'stop typing', 'new message').slice(3)
  need(both.join(', ') === 'typing, stop typing, new message', {
    expected: 'who has stopped typing before they send says so once',
    saw: both.join(', '),
    look: 'page/client.ts — “stop typing” is for those who are typing: is typing asked for? And Enter is a key that types nothing',
  })
})

test('one row a person, which goes away when they stop', async ({ guests, windows }) => {
  const { ben, cleo } = await named(guests, 'ben', 'cleo')
  const { ann } = await windows('ann')
  await enters(ann, 'ann')
  const look = 'client.ts — what is added on "typing", and taken away on "stop typing"?'
  ben.emit('typing')
  ben.emit('typing')
  await rows(ann, ['ben is typing'], look)
  cleo.emit('typing')
  await rows(ann, ['ben is typing', 'cleo is typing'], look)
  ben.emit('stop typing')
  await rows(ann, ['cleo is typing'], look)
  ben.emit('typing')
  await rows(ann, ['ben is typing', 'cleo is typing'], 'view.ts — is a row that went away forgotten, too?')
})

test('a name in a row stays text', async ({ guests, windows }) => {
  const { ben } = await guests('ben')
  await ben.ask('add user', ['<i>ben</i>'], "server.ts — socket.on('add user')")
  const { ann } = await windows('ann')
  await enters(ann, 'ann')
  ben.emit('typing')
  await rows(ann, ['<i>ben</i> is typing'], 'view.ts — textContent shows a name as it is')
})

test('the row goes when the message arrives, or the person leaves', async ({ guests, windows }) => {
  const { ben, cleo } = await named(guests, 'ben', 'cleo')
  const { ann } = await windows('ann')
  await enters(ann, 'ann')
  ben.emit('typing')
  cleo.emit('typing')
  await rows(ann, ['ben is typing', 'cleo is typing'], 'client.ts — what is added on "typing"?')
  ben.emit('new message', 'done')
  await rows(ann, ['cleo is typing'], 'client.ts — a guest whose message has come is no longer typing it')
  cleo.leave()
  await rows(
    ann,
    [],
    'client.ts — a guest who vanishes sends no "stop typing": what does the page do on "user left"?',
  )
})

test('nobody sees their own typing', async ({ guests, windows }) => {
  const { ben } = await named(guests, 'ben')
  const { ann } = await windows('ann')
  await enters(ann, 'ann')
  const look = 'client.ts — a row is for what others say, by "typing", and not for your own keys'
  await ann.pastes(field, 'h')
  const listens = 'client.ts — is it "input"? A text that is pasted comes without a key'
  await ben.hears('typing', { username: 'ann' }, listens)
  ben.emit('typing')
  // Ben's typing comes after hers: had her own row come, it would have stood there by now.
  await rows(ann, ['ben is typing'], look)
  const shown = await ann.everShown()
  need(!shown.includes('ann is typing'), {
    expected: 'Ann never sees a row of her own',
    saw: 'she did',
    look,
  })
})

test('a cut takes the rows away, and keys typed meanwhile are not sent later', async ({
  guests,
  windows,
}) => {
  const { ben } = await named(guests, 'ben')
  const { ann } = await windows('ann')
  await enters(ann, 'ann')
  await ann.finds('#state', /websocket/, 'the page connects', 'page/client.ts — io()')
  await ann.stopsTheClock()
  ben.emit('typing')
  await rows(ann, ['ben is typing'], 'page/client.ts — what is added on "typing"?')
  await ann.types(field, 'h')
  await ben.hears('typing', { username: 'ann' }, 'page/client.ts — the first key sends "typing"')
  await ann.goesOffline()
  await ben.next('user left', 'Ben hears that Ann left', "server.ts — socket.on('disconnect')")
  await rows(ann, [], "page/client.ts — on 'disconnect': if Ben stops now, this page does not hear it")
  await ann.types(field, 'ello')
  const before = ben.heard('typing').length
  await ann.isOnlineAgain()
  const back = await eventually(() => ben.heard('user joined').length > 1, reconnectMs)
  const enter = "page/client.ts — on 'connect', enter(myName)"
  need(back === true, { expected: 'ann comes back in by herself', saw: 'nobody did', look: enter })
  await ann.finds('#state', /connected over/, 'the page is connected again', enter)
  await ann.types(field, '!')
  const look =
    'page/client.ts — while there is no connection, nothing is sent; afterwards, the next key is a first key'
  const again = await eventually(() => ben.heard('typing').length > before)
  need(again === true, { expected: 'Ben hears "typing" for the key after the cut', saw: 'nothing', look })
  await ann.presses('Enter')
  await ben.next('new message', "Ben hears Ann's message", look)
  const [typing, stops] = [ben.heard('typing').length, ben.heard('stop typing').length]
  need(typing === before + 1, {
    expected: `Ben has heard "typing" ${before + 1} times`,
    saw: `${typing} times`,
    look,
  })
  need(stops === 1, { expected: 'Ben has heard "stop typing" once', saw: `${stops} times`, look })
})

/** Guests who have their name. */
async function named<Name extends string>(
  guests: <Each extends string>(...names: Each[]) => Promise<Record<Each, Guest>>,
  ...names: Name[]
) {
  const everybody = await guests(...names)
  for (const name of names) await everybody[name].ask('add user', [name], "server.ts — socket.on('add user')")
  return everybody
}

async function enters(window: PageGuest, name: string) {
  await window.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
  await window.types('What is your name?', name)
  await window.presses('Enter')
  const inside = await eventually(() => window.page.getByRole('textbox', { name: field }).isVisible())
  const look = 'client.ts — once "add user" is acknowledged, the page shows the form for messages'
  need(inside === true, { expected: `${name} may write a message`, saw: 'no field for it', look })
}

async function rows(window: PageGuest, wanted: string[], look: string) {
  const list = window.page.getByRole('list', { name: 'Typing' })
  const seen = async () =>
    (await list.getByRole('listitem').allInnerTexts())
      .map((row) => row.trim().replace(/[ .…]+$/, '')) // "ben is typing…" says the same
      .toSorted()
  const right = await eventually(async () => (await seen()).join('; ') === wanted.join('; '))
  need(right === true, {
    expected: wanted.length === 0 ? 'no row' : `the rows “${wanted.join('”, “')}”`,
    saw: (await seen()).join('; ') || 'no row',
    look,
  })
}
