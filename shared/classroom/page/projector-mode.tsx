import { useEffect, useState } from 'preact/hooks'

const key = 'projector'

/** Letters half as large again, and more room for the wire: read from the last row. Its button, and the key p. */
export function ProjectorMode() {
  const [isOn, setOn] = useState(() => localStorage.getItem(key) !== null)
  useEffect(() => {
    document.documentElement.classList.toggle('projector', isOn)
    if (isOn) localStorage.setItem(key, 'on')
    else localStorage.removeItem(key)
  }, [isOn])
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'p' || event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return
      setOn((before) => !before)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  return (
    <button
      class="action projector-key"
      aria-pressed={isOn}
      onClick={() => setOn(!isOn)}
      title="Large letters: key p"
    >
      Projector
    </button>
  )
}

/** Whether a key that is pressed there means a letter. */
function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, select, textarea, [contenteditable]')
}
