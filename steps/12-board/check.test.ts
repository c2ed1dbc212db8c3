import { password, register } from '#shared/check/account'
import type { Guest } from '#shared/check/guest'
import { need } from '#shared/check/not-yet'
import { eventually } from '#shared/check/patience'
import { test } from '#shared/check/test'
import { show } from '#shared/check/transcript'
import type { PageGuest } from '#shared/check/page-guest'
import type { Reply, Visitor } from '#shared/check/visitor'

type NewVisitor = (name: string) => Visitor

const publishing = "board.ts — router.post('/new'): keep it, and redirect(303, '/board')"

test('nobody comes near the board without a login', async ({ visitor }) => {
  const look =
    "board.ts — router.use(): without personOf(request.session), redirect(303, '/login'), above all routes"
  const eve = visitor('eve')
  for (const path of ['/board', '/board/new', '/board/1/edit', '/board/99/edit'])
    led(await eve.get(path), '/login', look)
  for (const path of ['/board/new', '/board/1/edit', '/board/1/delete', '/board/99/delete'])
    led(await eve.submit(path, { title: 'a stranger', text: 'was here' }), '/login', look)
  const ann = await member(visitor, 'ann')
  const board = await shown(ann, "board.ts — router.get('/'): response.send(boardPage(…))")
  need(!board.includes('a stranger'), {
    expected: 'nothing of what eve has sent is on the board',
    saw: 'it is',
    look,
  })
})

test('what one publishes, all can read, newest first', async ({ visitor, restart }) => {
  const ann = await member(visitor, 'ann')
  const ben = await member(visitor, 'ben')
  const look =
    "board.ts — router.get('/'): boardPage(newestPosts(), …); router.post('/new'): addPost(id, data)"
  await publishes(ann, 'Bike', "Ann's bike & a <b>bell</b>")
  await publishes(ben, 'Piano', 'needs four people', { accountId: '1', author: 'ann', username: 'ann' })
  await restart()
  const source = (await ben.get('/board')).text
  need(!source.includes('<b>bell'), {
    expected: 'markup in a post stays text',
    saw: 'it is part of the page',
    look: 'board-pages.ts — html`…` keeps what is put in as text',
  })
  const board = words(source)
  const [piano, bike] = [board.indexOf('Piano'), board.indexOf('Bike')]
  for (const [part, at] of [
    ['Bike', bike],
    ['Piano', piano],
    ["Ann's bike & a <b>bell</b>", board.indexOf("Ann's bike & a <b>bell</b>")],
    ['needs four people', board.indexOf('needs four people')],
  ] as const)
    need(at >= 0, { expected: `the board shows ${show(part)}`, saw: 'it does not', look })
  need(piano < bike, {
    expected: 'the newest post first',
    saw: 'the oldest',
    look: 'posts.ts — ORDER BY posts.id DESC',
  })
  need(/\bben\b/.test(board.slice(piano, bike)) && /\bann\b/.test(board.slice(bike)), {
    expected: 'ben stands at his post, and ann at hers',
    saw: board.slice(piano),
    look: 'board.ts — addPost(id, …): who publishes is said by the session, and not by the form',
  })
})

test('loading the page again does not publish twice', async ({ windows, visitor }) => {
  const { ann } = await windows('ann')
  await ann.openAs((await member(visitor, 'ann')).cookie)
  await ann.open(new URL('/board/new', ann.page.url()).href)
  await ann.types('Title', 'Bike')
  await ann.types('Text', 'for sale')
  await ann.clicks('Put it on the board')
  await ann.finds(
    'main',
    /Your post is on the board/,
    'the next page says that the post is on the board',
    'board.ts — request.session.flash, and then redirect(303): the answer to the form is not the board itself',
  )
  await ann.reloads()
  const posts = ann.page.getByRole('heading', { name: 'Bike' })
  const found = await eventually(async () => (await posts.count()) > 0)
  need(found === true && (await posts.count()) === 1, {
    expected: 'one post',
    saw: `${await posts.count()}`,
    look: 'board.ts — redirect(303): a page that came as the answer to a form sends the form again',
  })
  await ann.finds(
    'main',
    /^(?!.*Your post is on the board)/,
    'the sentence is said once',
    'board.ts — flashOf(request) takes it out of the session',
  )
})

test('what is no post is refused in words, and nothing typed is lost', async ({ visitor }) => {
  const ann = await member(visitor, 'ann')
  const look = 'board.ts — draft.safeParse(request.body), and status(400) with the form when it has an error'
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
    refused(await ann.submit(path, {}), 400, `${path} with nothing in it`, look)
    keepsWhatWasTyped(await ann.submit(path, { ...right, title: '' }), 'still for sale')
    keepsWhatWasTyped(await ann.submit(path, { ...right, text: ' ' }), 'Bike')
  }
  const board = await shown(ann, look)
  need(!board.includes('still for sale') && board.includes('stays'), {
    expected: 'nothing has changed on the board',
    saw: 'it has',
    look,
  })
  await publishes(ann, 'x'.repeat(100), 'y'.repeat(5_000))
})

test('only the author can change or delete a post', async ({ visitor }) => {
  const ann = await member(visitor, 'ann')
  const ben = await member(visitor, 'ben')
  await publishes(ann, 'Bike', 'for sale')
  await publishes(ann, 'Tent', 'for two')
  const look = 'own-posts.ts — ownPost(): 403 when the post is somebody else’s, in each of the three routes'
  refused(await ben.get('/board/1/edit'), 403, 'the form to edit it', look)
  const theirs = { title: 'Bike', text: 'free', accountId: '2', author: 'ben' }
  refused(await ben.submit('/board/1/edit', theirs), 403, 'an edit', look)
  refused(await ben.submit('/board/1/delete', { accountId: '1' }), 403, 'a delete', look)
  const board = await shown(ben, look)
  need(board.includes('for sale'), { expected: 'the post is as it was', saw: 'it has changed', look })
  const buttons = 'board-pages.ts — post.accountId === reader: board.ts hands over who reads'
  need(!(await ben.get('/board')).text.includes('/board/1/'), {
    expected: 'ben sees no way to edit or delete it',
    saw: 'he does',
    look: buttons,
  })
  const { text: own } = await ann.get('/board')
  need(own.includes('/board/1/edit') && own.includes('/board/1/delete'), {
    expected: 'ann sees how to edit and delete it',
    saw: 'she does not',
    look: buttons,
  })
  const { text: form } = await ann.get('/board/1/edit')
  need(form.includes('Bike') && form.includes('for sale'), {
    expected: 'the form holds what stands there now',
    saw: 'it does not',
    look: "own-posts.ts — router.get('/:id/edit')",
  })
  // She has two posts: what she does with one of them must leave the other one alone.
  const edit = "own-posts.ts — router.post('/:id/edit'): changePost(post.id, …), and redirect(303, '/board')"
  led(await ann.submit('/board/1/edit', { title: 'A bike', text: 'sold' }), '/board', edit)
  const changed = await shown(ben, edit)
  need(changed.includes('A bike') && changed.includes('sold') && !changed.includes('for sale'), {
    expected: 'the post has its new title and text',
    saw: changed,
    look: edit,
  })
  need(changed.includes('Tent') && changed.includes('for two'), {
    expected: 'her other post is as it was',
    saw: changed,
    look: edit,
  })
  const remove = "own-posts.ts — router.post('/:id/delete'): removePost(post.id), and redirect(303, '/board')"
  led(await ann.submit('/board/1/delete', {}), '/board', remove)
  const left = await shown(ben, remove)
  need(!left.includes('sold'), { expected: 'the post is gone', saw: 'it is there', look: remove })
  need(left.includes('Tent'), { expected: 'her other post is there', saw: 'it is gone', look: remove })
})

test('a post that does not exist is 404, in words', async ({ visitor }) => {
  const ann = await member(visitor, 'ann')
  const look = 'own-posts.ts — ownPost(): 404 before anything else is asked of a post that is not there'
  await publishes(ann, 'Bike', 'for sale')
  for (const id of ['2', '0', '-1', '1.5', '1e99', 'bike', "1'--", '%00', '1%20OR%201=1']) {
    refused(await ann.get(`/board/${id}/edit`), 404, `/board/${id}/edit`, look)
    refused(await ann.submit(`/board/${id}/edit`, { title: 'x', text: 'x' }), 404, `an edit of ${id}`, look)
    refused(await ann.submit(`/board/${id}/delete`, {}), 404, `a delete of ${id}`, look)
  }
  const board = await shown(ann, look)
  need(board.includes('for sale'), { expected: 'the other post is still there', saw: 'it is gone', look })
})

test('a new post is announced live, once it is kept', async ({ visitor, people }) => {
  const { ben, cleo } = await people('ben', 'cleo')
  const ann = await member(visitor, 'ann')
  const look =
    "server.ts — board((post) => io.emit('post published', post)); board.ts — published(…) with the number that addPost() returns"
  refused(await ann.submit('/board/new', { title: '', text: 'x' }), 400, 'a post without a title', publishing)
  await publishes(ann, '  Bike  ', 'for sale', { author: 'cleo', username: 'cleo', id: '99' })
  for (const guest of [ben, cleo])
    await guest.hears('post published', { id: 1, title: 'Bike', author: 'ann' }, look)
  need((await shown(ann, look)).includes('for sale'), {
    expected: 'who hears of it can read it',
    saw: 'it is not on the board',
    look,
  })
  const noNews = 'own-posts.ts — a change is no new post, and a delete is none'
  await ann.submit('/board/1/edit', { title: 'Bike', text: 'sold' })
  await ann.submit('/board/1/delete', {})
  await publishes(ann, 'Piano', 'needs four people')
  // The number of the post that is gone is not given again: a link to it leads nowhere, and not to another post.
  await ben.hears('post published', { id: 2, title: 'Piano', author: 'ann' }, noNews)
})

test('who publishes too much is told to slow down, and the others are left in peace', async ({
  visitor,
  people,
}) => {
  const { ben } = await people('ben')
  const ann = await member(visitor, 'ann')
  const cleo = await member(visitor, 'cleo')
  const look = 'board.ts — spend(id, 10), and status(429) with the form when it returns false'
  const many = Array.from({ length: 30 }, (_, index) => ({ title: `Post ${index}`, text: `text ${index}` }))
  const replies = await Promise.all(many.map((post) => ann.submit('/board/new', post)))
  const accepted = replies.filter(({ status }) => status === 303).length
  need(accepted > 0 && accepted < many.length, {
    expected: `of ${many.length} posts at once the first are accepted, and the last are refused`,
    saw: accepted > 0 ? 'all were accepted' : 'none was accepted',
    look,
  })
  for (const [index, reply] of replies.entries()) {
    if (reply.status === 303) continue
    refused(reply, 429, 'one post too many', look)
    keepsWhatWasTyped(reply, `text ${index}`)
  }
  await publishes(
    cleo,
    'Tent',
    'for two',
    {},
    'throttle.ts — spend(id, …) counts for each person by themselves',
  )
  await hearsOf(ben, 'Tent', look)
  const heard = ben.heard('post published').length
  need(heard === accepted + 1, {
    expected: `ben hears of the ${accepted} posts that were accepted, and of cleo's`,
    saw: `he heard of ${heard}`,
    look: 'board.ts — spend(), and only then addPost() and published()',
  })
  const again = await eventually(async () => (await ann.submit('/board/new', many[0]!)).status === 303)
  need(again === true, { expected: 'a moment later ann may publish again', saw: 'she may not', look })
})

test('posts of others that one has not seen are counted', async ({ visitor }) => {
  const ann = await member(visitor, 'ann')
  const ben = await member(visitor, 'ben')
  const route = "board.ts — router.get('/unread'): response.json({ posts: unseenPosts(…) })"
  await counts(ann, 0, 'before there is a post', route)
  await publishes(ben, 'Piano', 'needs four people')
  await publishes(ben, 'Bike', 'for sale')
  await counts(ann, 2, 'when ben has published two', route)
  await publishes(ann, 'Tent', 'for two')
  await counts(
    ann,
    2,
    'when ann herself has published one',
    'posts.ts — account_id <> ?: one’s own are not new',
  )
  await counts(ben, 1, 'for ben, when ann has published one', route)
  const seen = "board.ts — router.get('/'): seePosts(id), for the person who looks"
  await ann.get('/board/new')
  await counts(ann, 2, 'when ann has looked at the form alone', seen)
  await ann.get('/board')
  await counts(ann, 0, 'when ann has looked at the board', seen)
  await counts(ben, 1, 'for ben, who has not looked', seen)
  await ben.submit('/board/2/edit', { title: 'Bike', text: 'sold' })
  await counts(ann, 0, 'when ben has changed a post', seen)
  await ben.submit('/board/2/delete', {})
  await publishes(ben, 'Lost', 'a key')
  await counts(ann, 1, 'when ben has deleted a post and published another', seen)
})

test('the chat tells of a new post, and asks how many were not read', async ({ windows, visitor }) => {
  const { ann } = await windows('ann')
  const account = await member(visitor, 'ann')
  const ben = await member(visitor, 'ben')
  await publishes(ben, 'Tent', 'for two')
  await ann.openAs(account.cookie)
  await ann.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
  await badge(ann, '1 new', 'client.ts — countUnread() on login')
  const look = "client.ts — socket.on('post published'): view.showNews(), and countUnread()"
  await publishes(ben, '<i>Piano</i>', 'needs four people')
  await ann.reads('ben has put “<i>Piano</i>” on the board', look)
  await badge(ann, '2 new', look)

  let asked = 0
  let answered = 0
  const isQuestion = (url: string) => new URL(url).pathname === '/board/unread'
  ann.page.on('request', (request) => void (asked += Number(isQuestion(request.url()))))
  ann.page.on('response', (response) => void (answered += Number(isQuestion(response.url()))))
  await ann.stopsTheClock()
  // The same person, in another tab: what they publish there is news, and not new to them.
  const elsewhere = visitor('ann elsewhere')
  await elsewhere.submit('/login', { username: 'ann', password })
  await publishes(elsewhere, 'Lost', 'a key')
  await ann.reads('ann has put “Lost” on the board', look)
  await ann.passes(2_000)
  await eventually(() => asked > 0 && answered === asked) // or an answer that comes late is taken for the next one's
  await badge(ann, '2 new', look)
  await elsewhere.get('/board')
  await comesBack(ann)
  await ann.passes(2_000)
  await badge(ann, '', "client.ts — window.addEventListener('focus', countUnread)")

  const before = asked
  const titles = Array.from({ length: 5 }, (_, index) => `Chair ${index + 1}`)
  for (const title of titles) await publishes(ben, title, 'for sale')
  await ann.reads('ben has put “Chair 5” on the board', look)
  await ann.passes(2_000)
  await badge(ann, '5 new', 'client.ts — countUnread(): when the timer is over, counting is undefined again')
  need(asked - before <= 3, {
    expected: 'five posts at once are one question of the page, or few',
    saw: `${asked - before} requests for /board/unread`,
    look: 'client.ts — countUnread(): while a timer runs already, counting ??= starts no other',
  })
})

async function member(visitor: NewVisitor, name: string) {
  const account = visitor(name)
  await register(account)
  return account
}

async function publishes(
  author: Visitor,
  title: string,
  text: string,
  more: Record<string, string> = {},
  look = publishing,
) {
  led(await author.submit('/board/new', { title, text, ...more }), '/board', look)
}

async function shown(reader: Visitor, look: string): Promise<string> {
  const { status, text } = await reader.get('/board')
  need(status === 200, { expected: `${reader.name} sees the board`, saw: String(status), look })
  return words(text)
}

async function counts(reader: Visitor, posts: number, when: string, look: string) {
  const { json, status, text } = await reader.get('/board/unread')
  need(show(json) === show({ posts }), {
    expected: `GET /board/unread is ${show({ posts })} ${when}`,
    saw: status === 200 ? text : `${status} ${words(text)}`,
    look,
  })
}

async function hearsOf(guest: Guest, title: string, look: string) {
  const heard = await eventually(() =>
    guest.heard('post published').some((post) => Object(post).title === title),
  )
  need(heard === true, { expected: `${guest.name} hears of “${title}”`, saw: 'nobody told him', look })
}

/** What stands beside the link to the board. */
async function badge(window: PageGuest, wanted: string, look: string) {
  const text = new RegExp(`^Board ?${wanted}$`)
  const expected = wanted
    ? `beside the link to the board stands “${wanted}”`
    : 'nothing stands beside the link to the board'
  await window.finds('a[href="/board"]', text, expected, look)
}

/** As from another tab. */
async function comesBack({ page }: PageGuest) {
  await page.evaluate(() => {
    window.dispatchEvent(new Event('focus'))
    document.dispatchEvent(new Event('visibilitychange'))
  })
}

/** Answered with a redirect. */
function led(reply: Reply, location: string, look: string) {
  need(reply.status === 303 && reply.location === location, {
    expected: `303, and on to ${location}`,
    saw: [reply.status, reply.location || sentence(reply)].join(' '),
    look,
  })
}

/** Answered with this status, and with words. */
function refused(reply: Reply, status: number, what: string, look: string) {
  need(reply.status === status && sentence(reply).includes(' '), {
    expected: `${what} is refused: ${status}, and a sentence`,
    saw: [reply.status, reply.location || sentence(reply) || 'without a sentence'].join(' '),
    look,
  })
}

function keepsWhatWasTyped({ text }: Reply, typed: string) {
  need(text.includes(typed), {
    expected: `${show(typed)}, which was typed, stands in the form again`,
    saw: 'it is gone',
    look: 'board.ts — postForm(…, request.body, { problem })',
  })
}

/** What a page says for itself, outside of its heading, its form and its links; the whole of a text. */
function sentence({ text, type }: Reply): string {
  if (!type.includes('html')) return text
  const [, announced] = /role="?(?:alert|status)"?[^>]*>([^<]+)</.exec(text) ?? []
  return announced?.trim() ?? words(text.replaceAll(/<(head|header|nav|form)\b[\s\S]*?<\/\1>/g, ' '))
}

/** The text of a page, as a reader sees it. */
function words(source: string): string {
  return source
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/&(?:#60|lt);/g, '<')
    .replaceAll(/&(?:#62|gt);/g, '>')
    .replaceAll(/&(?:#38|amp);/g, '&')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
