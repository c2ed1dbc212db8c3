import Reveal from 'reveal.js'
import { openChannel } from './channel.ts'
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
  const show = () => {
    const slide = reveal.getCurrentSlide()
    document.title = `${slide.dataset.title} · ${name}`
    channel.say({ at: slide.id })
    void bringToLife(slide)
  }
  channel.hear((message) => {
    if ('ask' in message) channel.say({ at: reveal.getCurrentSlide().id })
    if ('go' in message) reveal.slide(reveal.getSlides().findIndex(({ id }) => id === message.go))
  })
  reveal.on('slidechanged', show)
  reveal.addKeyBinding({ keyCode: 83, key: 'S', description: 'Presenter view' }, () => {
    window.open(`/${name}/presenter`, `presenter of ${name}`)
  })
  show()
  watchFocus(wayBack)
}
