import { password, register } from '#shared/check/account'
import { need } from '#shared/check/not-yet'
import { test } from '#shared/check/test'
import { show } from '#shared/check/transcript'
import type { Reply, Visitor } from '#shared/check/visitor'

type NewVisitor = (name: string) => Visitor

test('nobody comes near the board without a login', async ({ visitor }) => {
  const ann = await member(visitor, 'ann')
  await publishes(ann, 'Bike', 'for sale')
  const eve = visitor('eve')
  const look =
    "board.ts — router.use(): without personOf(request.session), redirect(303, '/login'), above all routes"
  for (const path of ['/board', '/board/new', '/board/1/edit', '/board/99/edit'])
    led(await eve.get(path), '/login', look)
  for (const path of ['/board/new', '/board/1/edit', '/board/1/delete', '/board/99/delete']) {
    led(await eve.submit(path, { title: 'x', text: 'x' }), '/login', look)
  }
  const board = await ann.get('/board')
  need(board.text.includes('for sale'), { expected: 'the post is still there', saw: 'it is gone', look })
})

test('what one publishes, all can read, newest first', async ({ visitor, restart }) => {
  const ann = await member(visitor, 'ann')
  const ben = await member(visitor, 'ben')
  const look = "board.ts — router.post('/new'): keep it, and router.get('/'): show them all, newest first"
  await publishes(ann, 'Bike', "Ann's bike & a <b>bell</b>")
  await publishes(ben, 'Piano', 'needs four people')
  await restart()
  const { text } = await ben.get('/board')
  for (const part of ['Bike', 'Piano', 'needs four people', 'ann', 'ben']) {
    need(text.includes(part), { expected: `the board shows “${part}”`, saw: 'it does not', look })
  }
  need(text.indexOf('Piano') < text.indexOf('Bike'), {
    expected: 'the newest post first',
    saw: 'the oldest',
    look,
  })
  need(!text.includes('<b>bell') && text.includes('&#60;b&#62;bell'), {
    expected: 'markup in a post stays text',
    saw: text.includes('<b>bell') ? 'it is part of the page' : 'it is gone',
    look: 'board-pages.ts — html`…` keeps what is put in as text',
  })
})

test('what is no post is refused in words, and nothing typed is lost', async ({ visitor }) => {
  const ann = await member(visitor, 'ann')
  const look = 'board.ts — draft: a title of 1 to 100 characters, a text of 1 to 5,000; 400 when it is not'
  const right = { title: 'Bike', text: 'still for sale' }
  await publishes(ann, 'Old', 'stays')
  for (const path of ['/board/new', '/board/1/edit']) {
    for (const wrong of [
      { title: ' ' },
      { title: 'x'.repeat(101) },
      { text: '' },
      { text: 'x'.repeat(5_001) },
    ]) {
      const reply = await ann.submit(path, { ...right, ...wrong })
      refused(reply, 400, `${path} with ${show(wrong)}`, look)
    }
    const again = await ann.submit(path, { ...right, title: '' })
    need(again.text.includes('still for sale'), {
      expected: 'the text that was typed stands in the form again',
      saw: 'it is gone',
      look: 'board.ts — postForm() with what was typed',
    })
  }
  const { text } = await ann.get('/board')
  need(!text.includes('still for sale') && text.includes('stays'), {
    expected: 'nothing has changed on the board',
    saw: 'it has',
    look,
  })
})

test('only the author can change or delete a post', async ({ visitor }) => {
  const ann = await member(visitor, 'ann')
  const ben = await member(visitor, 'ben')
  await publishes(ann, 'Bike', 'for sale')
  const look = 'board.ts — ownPost(): 403 when the post is somebody else’s, in each of the three routes'
  refused(await ben.get('/board/1/edit'), 403, 'the form to edit it', look)
  refused(
    await ben.submit('/board/1/edit', { title: 'Bike', text: 'free', accountId: '2' }),
    403,
    'an edit',
    look,
  )
  refused(await ben.submit('/board/1/delete', {}), 403, 'a delete', look)
  const theirs = await ben.get('/board')
  need(theirs.text.includes('for sale'), { expected: 'the post is as it was', saw: 'it has changed', look })
  need(!theirs.text.includes('/board/1/'), {
    expected: 'ben sees no form to edit or delete it',
    saw: 'he does',
    look: 'board-pages.ts — post.accountId === reader.id',
  })
  const own = await ann.get('/board')
  need(own.text.includes('/board/1/edit') && own.text.includes('/board/1/delete'), {
    expected: 'ann sees how to edit and delete it',
    saw: 'she does not',
    look: 'board-pages.ts — post.accountId === reader.id',
  })
  const form = await ann.get('/board/1/edit')
  need(form.text.includes('for sale'), {
    expected: 'the form holds what stands there now',
    saw: 'it does not',
    look: "board.ts — router.get('/:id/edit')",
  })
  led(
    await ann.submit('/board/1/edit', { title: 'Bike', text: 'sold' }),
    '/board',
    "board.ts — router.post('/:id/edit')",
  )
  const changed = await ben.get('/board')
  need(changed.text.includes('sold') && !changed.text.includes('for sale'), {
    expected: 'the post is changed',
    saw: 'it is not',
    look: 'board.ts — UPDATE',
  })
  led(await ann.submit('/board/1/delete', {}), '/board', "board.ts — router.post('/:id/delete')")
  need(!(await ben.get('/board')).text.includes('sold'), {
    expected: 'the post is gone',
    saw: 'it is there',
    look: 'board.ts — DELETE',
  })
})

test('a post that does not exist is 404, in words', async ({ visitor }) => {
  const ann = await member(visitor, 'ann')
  const look = 'board.ts — ownPost(): 404 before anything else is asked of a post that is not there'
  await publishes(ann, 'Bike', 'for sale')
  for (const id of ['2', '0', '-1', '1.5', '1e99', 'bike', "1'--", '%00', '1%20OR%201=1']) {
    refused(await ann.get(`/board/${id}/edit`), 404, `/board/${id}/edit`, look)
    refused(await ann.submit(`/board/${id}/edit`, { title: 'x', text: 'x' }), 404, `an edit of ${id}`, look)
    refused(await ann.submit(`/board/${id}/delete`, {}), 404, `a delete of ${id}`, look)
  }
  need((await ann.get('/board')).text.includes('for sale'), {
    expected: 'the other post is still there',
    saw: 'it is gone',
    look,
  })
})

test('a new post is announced live, once it is kept', async ({ visitor, people }) => {
  const { ben, cleo } = await people('ben', 'cleo')
  const ann = await member(visitor, 'ann')
  const look =
    "server.ts — board((post) => io.emit('post published', post)); board.ts — published() after insert.run()"
  refused(await ann.submit('/board/new', { title: '', text: 'x' }), 400, 'no title', 'board.ts — draft')
  await publishes(ann, '  Bike  ', 'for sale')
  for (const guest of [ben, cleo])
    await guest.hears('post published', { id: 1, title: 'Bike', author: 'ann' }, look)
  const eve = visitor('eve')
  await eve.submit('/login', { username: 'ben', password })
  need((await eve.get('/board')).text.includes('for sale'), {
    expected: 'who hears of it can read it',
    saw: 'it is not on the board',
    look,
  })
  await ann.submit('/board/1/edit', { title: 'Bike', text: 'sold' })
  await publishes(ann, 'Piano', 'needs four people')
  await ben.hears(
    'post published',
    { id: 2, title: 'Piano', author: 'ann' },
    'board.ts — a change is no new post',
  )
})

test('loading the page again does not publish twice', async ({ windows, visitor }) => {
  const { ann } = await windows('ann')
  await ann.openAs((await member(visitor, 'ann')).cookie)
  await ann.open(new URL('/board/new', ann.page.url()).href)
  await ann.types('Title', 'Bike')
  await ann.types('Text', 'for sale')
  await ann.clicks('Put it on the board')
  await ann.finds(
    '[role=status]',
    /on the board/,
    'a word that it is on the board',
    'board.ts — backToBoard(): flash',
  )
  await ann.reloads()
  const articles = ann.page.getByRole('article')
  need((await articles.count()) === 1, {
    expected: 'one post',
    saw: `${await articles.count()}`,
    look: 'board.ts — redirect(303): a page that came as the answer to a form sends the form again',
  })
})

test('the chat tells of it, and counts what was not read', async ({ windows, visitor }) => {
  const { ann, board } = await windows('ann', 'board')
  const { cookie } = await member(visitor, 'ann')
  await ann.openAs(cookie)
  await ann.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
  const ben = await member(visitor, 'ben')
  const look = "client.ts — socket.on('post published'): a line of news, and countUnread()"
  await publishes(ben, '<i>Piano</i>', 'needs four people')
  await ann.reads('ben has put “<i>Piano</i>” on the board', look)
  await ann.finds('#unread', /^1 new$/, 'the badge says 1 new', look)
  await publishes(ben, 'Bike', 'for sale')
  await ann.finds('#unread', /^2 new$/, 'the badge says 2 new', look)
  const own = visitor('ann elsewhere')
  await own.submit('/login', { username: 'ann', password })
  await publishes(own, 'Lost', 'a key')
  await ann.reads('ann has put “Lost” on the board', look)
  await ann.reloads()
  await ann.finds(
    '#unread',
    /^2 new$/,
    'what one has written oneself is not new',
    "board.ts — router.get('/unread')",
  )
  await board.openAs(cookie)
  await board.open(new URL('/board', board.page.url()).href)
  await board.finds('article', /Lost/, 'the board, newest first', 'board-pages.ts')
  await ann.page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await ann.finds(
    '#unread',
    /^$/,
    'what was read is not new, in any tab',
    'board.ts — see.run(); client.ts — on focus',
  )
})

async function member(visitor: NewVisitor, name: string) {
  const account = visitor(name)
  await register(account)
  return account
}

async function publishes(author: Visitor, title: string, text: string) {
  const reply = await author.submit('/board/new', { title, text })
  led(reply, '/board', "board.ts — router.post('/new'): keep it, and redirect(303, '/board')")
}

/** Answered with a redirect. */
function led(reply: Reply, location: string, look: string) {
  need(reply.status === 303 && reply.location === location, {
    expected: `303, and on to ${location}`,
    saw: [reply.status, reply.location || sentence(reply)].join(' '),
    look,
  })
}

/** Answered with this status, and a sentence. */
function refused(reply: Reply, status: number, what: string, look: string) {
  need(reply.status === status && /^[A-Z][^<]*\.$/.test(sentence(reply)), {
    expected: `${what} is refused: ${status}, and a sentence`,
    saw: [reply.status, reply.location || sentence(reply)].join(' '),
    look,
  })
}

/** What a page says above its form; the whole of a text. */
function sentence({ text, type }: Reply): string {
  if (!type.includes('html')) return text
  return (/role="(?:alert|status)">([^<]*)</.exec(text)?.[1] ?? 'without a sentence').trim()
}
