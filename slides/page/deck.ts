import Reveal from 'reveal.js'
import { openChannel } from './channel.ts'
import { openCountdown } from './countdown.ts'
import { bringToLife, watchFocus } from './live-slide.ts'

const deck = document.querySelector<HTMLElement>('[data-deck]')!
const wayBack = document.querySelector<HTMLElement>('.way-back')!
const name = deck.dataset.deck ?? ''
/** A small one in the presenter view: it shows a slide, and has no part in anything. */
const isPreview = new URLSearchParams(location.search).has('preview')

const reveal = new Reveal(deck, {
  width: 1280,
  height: 720,
  margin: 0,
  maxScale: 4,
  center: false,
  display: 'flex',
  hash: true,
  history: !isPreview,
  transition: 'none',
  backgroundTransition: 'none',
  controls: false,
  progress: !isPreview,
  slideNumber: isPreview ? false : 'c/t',
  keyboard: !isPreview,
  scrollActivationWidth: 0,
  navigationMode: 'linear',
})

await reveal.initialize()
deck.removeAttribute('role') // "application" would take a screen reader's own keys away

if (!isPreview) {
  const channel = openChannel(name)
  const countdown = openCountdown(name)
  const show = () => {
    const slide = reveal.getCurrentSlide()
    document.title = `${slide.dataset.title} · ${name}`
    channel.say({ at: slide.id })
    countdown.show(slide)
    void bringToLife(slide)
    void tellRoom(slide)
  }
  const tellRoom = async (slide: HTMLElement) => {
    const isTold = await isPlaceTold(slide)
    if (reveal.getCurrentSlide() === slide) channel.say({ at: slide.id, isTold })
  }
  channel.hear((message) => {
    if ('ask' in message) void tellRoom(reveal.getCurrentSlide())
    if ('go' in message) reveal.slide(reveal.getSlides().findIndex(({ id }) => id === message.go))
  })
  reveal.on('slidechanged', show)
  reveal.addKeyBinding({ keyCode: 83, key: 'S', description: 'Presenter view' }, () => {
    window.open(`/${name}/presenter`, `presenter of ${name}`)
  })
  reveal.addKeyBinding({ keyCode: 84, key: 'T', description: 'Start the minutes of this slide again' }, () =>
    countdown.startAgain(),
  )
  show()
  watchFocus(wayBack)
}

/** Whether the room's board knows at which step the deck is; false while there is no room, or the slide is about no step. */
async function isPlaceTold({ dataset: { step } }: HTMLElement): Promise<boolean> {
  if (!step) return false
  try {
    const response = await fetch('/at', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ step }),
    })
    return response.ok && (await response.json()).isTold === true
  } catch {
    return false // Without its server the deck turns its pages all the same.
  }
}
