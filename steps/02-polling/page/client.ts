import type { Message } from '../events.ts'
import { mine } from './send.ts'
import * as view from './view.ts'

let lastId = 0 // of the last message that this page has
let asked = 0
let news = 0

async function ask() {
  asked += 1
  try {
    const response = await fetch(`/messages?after=${lastId}`)
    const newMessages: Message[] = await response.json()
    if (newMessages.length > 0) news += 1
    for (const { id, text } of newMessages) {
      lastId = id
      view.show(text, mine.has(id) ? 'mine' : 'theirs')
    }
    view.note('asking every second')
  } catch (error) {
    view.note(`asking again: ${error}`) // The server is gone, or we made a mistake: the words say which.
  }
  view.showPrice(asked, news)
  setTimeout(ask, 1_000)
}

ask()
