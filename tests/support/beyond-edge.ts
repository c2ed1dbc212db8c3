import type { Page } from 'playwright-core'

/** Shows all slides of a deck, one after the other, and tells what stands beyond the edge of each, or of its own box, or is too small. */
export function beyondEdge(page: Page, ids: readonly string[]): Promise<string[]> {
  return page.evaluate(async (all) => {
    const found: string[] = []
    const deck = document.querySelector('.reveal')
    for (const [index, id] of all.entries()) {
      if (document.querySelector('section.present')?.id !== id) {
        const turned = new Promise((resolve) =>
          deck?.addEventListener('slidechanged', resolve, { once: true }),
        )
        window.postMessage(JSON.stringify({ method: 'slide', args: [index] }), location.origin) // reveal.js hears it
        await turned
      }
      const slide = document.querySelector('section.present')
      if (slide?.id !== id) return [`${id} is not shown`]
      await Promise.all([...slide.querySelectorAll('img')].map((picture) => picture.decode()))
      for (const code of slide.querySelectorAll('.code pre')) {
        const size = Number.parseFloat(getComputedStyle(code).fontSize)
        if (size < 26) found.push(`${id}: its code has ${size} px, too small for the last row`)
      }
      const { left, top, width } = slide.getBoundingClientRect()
      const scale = width / 1280
      const margin = { right: 1280 - 24, bottom: 720 - 30 }
      for (const one of slide.querySelectorAll<HTMLElement | SVGElement>('.content *, h1, h2, .kicker')) {
        const box = one.getBoundingClientRect()
        const [right, bottom] = [(box.right - left) / scale, (box.bottom - top) / scale]
        const name = `${id}: ${one.tagName} “${one.textContent.trim().slice(0, 40)}”`
        const frame = one.closest('svg')?.getBoundingClientRect()
        if (right > margin.right || bottom > margin.bottom) found.push(`${name} ends at ${right} × ${bottom}`)
        else if (
          frame &&
          (box.right > frame.right + 1 || box.left < frame.left - 1 || box.bottom > frame.bottom + 1)
        )
          found.push(`${name} leaves its picture`)
        else if (one instanceof HTMLElement && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
          found.push(`${name} is ${one.scrollWidth - one.clientWidth} px too wide`)
      }
    }
    return found
  }, ids)
}
