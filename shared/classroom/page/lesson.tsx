import { useEffect, useRef, useState } from 'preact/hooks'

interface LessonProps {
  step: number
  /** how many steps are passed */
  passed: number
  open: (step: number) => void
}

/** A step's lesson. A link to another lesson opens it here, and a block's button copies what is new in it. */
export function Lesson({ step, passed, open }: LessonProps) {
  const [html, setHtml] = useState('')
  const article = useRef<HTMLElement>(null)

  useEffect(() => {
    let isWanted = true
    fetch(`/lesson/${step}`)
      .then((response) => response.text())
      .catch((error: unknown) => `The lesson could not be loaded: ${String(error)}`)
      .then((text) => {
        if (!isWanted) return
        setHtml(text)
        article.current?.scrollTo(0, 0)
      })
    return () => {
      isWanted = false
    }
  }, [step])

  useEffect(() => {
    const { current } = article
    if (!current) return undefined
    const watcher = new ResizeObserver(() => keepTabStops(current))
    watcher.observe(current)
    keepTabStops(current)
    return () => watcher.disconnect()
  }, [html])

  const click = (event: MouseEvent) => {
    const button = event.target instanceof Element ? event.target.closest('button[data-copy]') : null
    if (button) void copy(button)
    else follow(event)
  }
  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-step]') : null
    const number = Number(link?.getAttribute('data-step'))
    if (!number) return
    event.preventDefault()
    open(number)
  }
  return (
    <article
      class="lesson"
      id="lesson"
      ref={article}
      tabindex={0}
      aria-label={`The lesson of step ${step}, ${passed} steps passed`}
      onClick={click}
      // Our own lessons, from this repository; the page runs no script but its own.
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
}

/** A block that scrolls has to be reached by keyboard; one that shows all of itself is no stop on the way. */
function keepTabStops(article: HTMLElement): void {
  for (const block of article.querySelectorAll<HTMLElement>('pre, .table')) {
    if (block.scrollWidth > block.clientWidth) block.tabIndex = 0
    else block.removeAttribute('tabindex')
  }
}

/** Says on the button what came of it: a browser gives a page the clipboard only on this machine, or over https. */
async function copy(button: Element): Promise<void> {
  try {
    await navigator.clipboard.writeText(button.getAttribute('data-copy') ?? '')
    button.textContent = 'Copied'
  } catch {
    button.textContent = 'Not allowed here'
  }
}
