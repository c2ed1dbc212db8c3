import { useEffect, useRef } from 'preact/hooks'

interface OutputLinesProps {
  label: string
  lines: readonly string[]
  /** more is to come */
  isAtWork?: boolean
}

/** Lines as a terminal shows them, the last one in sight. */
export function OutputLines({ label, lines, isAtWork = false }: OutputLinesProps) {
  const box = useRef<HTMLPreElement>(null)
  useEffect(() => box.current?.scrollTo(0, box.current.scrollHeight), [lines.length])
  return (
    <pre class="lines" ref={box} tabindex={0} role="log" aria-label={label}>
      {lines.map((line, index) => (
        <span key={index} class={colourOf(line)}>
          {line}
          {'\n'}
        </span>
      ))}
      {isAtWork && <span class="at-work">…</span>}
    </pre>
  )
}

/** @returns a class of the style sheet */
function colourOf(line: string): string | undefined {
  if (/^(✓|\+(?!\+\+ ))|(DONE|SO FAR SO GOOD)$/.test(line)) return 'good'
  if (/^(✗|-(?!-- ))|(NOT YET|DID NOT START)$/.test(line)) return 'bad'
  if (/^(@@|\+\+\+|---)/.test(line)) return 'place'
  if (/^(Look at|Next|Expected)\b/.test(line)) return 'advice'
  return undefined
}
