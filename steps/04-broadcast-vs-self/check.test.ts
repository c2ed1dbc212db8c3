import { test, type GuestsWith } from '#shared/check/test'

const inTest = { namespace: '/test' }
const whom = 'server.ts — whom does socket.emit() talk to? And test.emit(), and socket.broadcast.emit()?'

test('whoever connects is greeted, alone', async ({ guestsWith }) => {
  const { ann, ben } = await guestsWith(inTest, 'ann', 'ben')
  const look = "server.ts — what does test.on('connection') emit, and to whom?"
  await ann.hears('display_message', { data: 'Connected', count: 0 }, look)
  await ben.hears('display_message', { data: 'Connected', count: 0 }, look)
  ann.emit('send_to_self', { data: 'hello' })
  await ann.hears('display_message', { data: 'hello', count: 1 }, look)
})

test('to myself: nobody else hears it', async ({ guestsWith }) => {
  const { ann, ben } = await greeted(guestsWith, 'ann', 'ben')
  ann.emit('send_to_self', { data: 'a note' })
  await ann.hears('display_message', { data: 'a note', count: 1 }, whom)
  ben.emit('send_to_self', { data: 'my own' })
  // Silence cannot be waited for. Ben's own note comes last, so Ann's would stand before it.
  await ben.hears('display_message', { data: 'my own', count: 1 }, whom)
})

test('to all: everybody hears it', async ({ guestsWith }) => {
  const { ann, ben } = await greeted(guestsWith, 'ann', 'ben')
  ann.emit('send_to_all', { data: 'hello' })
  await ben.hears('display_message', { data: 'hello', count: 1 }, whom)
  await ann.hears('display_message', { data: 'hello', count: 1 }, whom)
})

test('to everyone else: all but the sender hear it', async ({ guestsWith }) => {
  const { ann, ben, cleo } = await greeted(guestsWith, 'ann', 'ben', 'cleo')
  ann.emit('send_to_others', { data: 'hello' })
  await ben.hears('display_message', { data: 'hello', count: 1 }, whom)
  await cleo.hears('display_message', { data: 'hello', count: 1 }, whom)
  ben.emit('send_to_all', { data: 'over' })
  // Ben's word comes last, so Ann's own would stand before it.
  await ann.hears('display_message', { data: 'over', count: 1 }, whom)
})

test("count is the sender's own", async ({ guestsWith }) => {
  const { ann, ben } = await greeted(guestsWith, 'ann', 'ben')
  const look = 'server.ts — where is count declared: once for all, or once for each connection?'
  for (const count of [1, 2, 3]) {
    ann.emit('send_to_self', { data: 'again' })
    await ann.hears('display_message', { data: 'again', count }, look)
  }
  ben.emit('send_to_all', { data: 'my first' })
  await ann.hears('display_message', { data: 'my first', count: 1 }, look)
})

test('nonsense is refused, and not counted', async ({ guestsWith }) => {
  const { ann } = await greeted(guestsWith, 'ann')
  const look = 'server.ts — types stop at the network: what if message is missing, or data is no text?'
  for (const nonsense of [
    undefined,
    null,
    'hello',
    { data: 42 },
    { data: '' },
    { data: 'x'.repeat(2_001) },
  ]) {
    ann.emit('send_to_all', nonsense)
    await ann.next('refused', `${ann.name} is told why, by "refused" {error}`, look)
  }
  ann.emit('send_to_self', { data: 'still there?' })
  await ann.hears('display_message', { data: 'still there?', count: 1 }, look)
})

test('three buttons, three audiences', async ({ windows }) => {
  const { ann, ben } = await windows('ann', 'ben')
  const look =
    "client.ts — which event does each button send, and what does the page do on 'display_message'?"
  for (const window of [ann, ben]) {
    await window.reads('#0 Connected', look)
    await window.reads("#1 I'm connected!", 'client.ts — what does the page send to itself when it connects?')
  }
  await ann.types('Message', 'only me')
  await ann.clicks('To myself')
  await ann.reads('#2 only me', look)
  await ann.types('Message', 'only you')
  await ann.clicks('To everyone else')
  await ben.reads('#3 only you', look)
  await ben.types('Message', '<b>all of us</b>')
  await ben.clicks('To all')
  await ann.reads('#2 <b>all of us</b>', look)
  await ann.lacks('#3 only you', look)
  await ben.lacks('#2 only me', look)
})

/** Guests who have heard their greeting. */
async function greeted<Name extends string>(guestsWith: GuestsWith, ...names: Name[]) {
  const everybody = await guestsWith(inTest, ...names)
  for (const name of names) {
    await everybody[name].hears(
      'display_message',
      { data: 'Connected', count: 0 },
      'server.ts — the greeting',
    )
  }
  return everybody
}
