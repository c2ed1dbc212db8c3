const places = [
  { name: 'lesson', view: 'Lesson', find: '.lesson' },
  { name: 'commands', view: 'Lesson', find: '.actions button' },
  { name: 'wire', view: 'Wire', find: '.wire [role=listbox], .wire button, .wire input' },
] as const

/** For those who come by keyboard: they are seen once they have the focus. */
export function SkipLinks({ show }: { show: (view: 'Lesson' | 'Wire') => void }) {
  const go = (event: Event, { view, find }: (typeof places)[number]) => {
    event.preventDefault()
    show(view) // on a phone one of them is there at a time
    requestAnimationFrame(() => document.querySelector<HTMLElement>(find)?.focus())
  }
  return (
    <nav class="skip" aria-label="Skip">
      {places.map((place) => (
        <a key={place.name} href={`#${place.name}`} onClick={(event) => go(event, place)}>
          To the {place.name}
        </a>
      ))}
    </nav>
  )
}
