import { useEffect, useRef, useState } from 'preact/hooks'
import type { Detail } from '../protocol.ts'
import { clock, count } from './labels.ts'
import type { LadderRow } from './ladder.ts'

/** A row taken apart: its parts, what each is there for, and its first bytes. */
export function RecordDetail({ row, close }: { row: LadderRow; close: () => void }) {
  const [found, setFound] = useState<Detail | { error: string }>()
  useEffect(() => {
    let isWanted = true
    setFound(undefined)
    fetch(`/record/${row.id}`)
      .then((response) => response.json())
      .catch((error: unknown) => ({ error: `The workshop does not answer: ${String(error)}` }))
      .then((detail: Detail | { error: string }) => isWanted && setFound(detail))
    return () => {
      isWanted = false
    }
  }, [row.id])

  const place = useRef<HTMLElement>(null)
  useEffect(() => place.current?.focus(), [row.id])

  return (
    <aside
      class="detail"
      ref={place}
      tabindex={-1}
      aria-label="One message, taken apart"
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <header>
        <h2>{row.meaning}</h2>
        <button onClick={close} aria-label="Close">
          ×
        </button>
      </header>
      <p>
        {clock(row.at)} · {row.guest ? `${row.guest}, ` : ''}connection {row.connection || '–'} ·{' '}
        {row.transport} · {count(row.bytes)} bytes
      </p>
      {found && 'error' in found && <p role="alert">{found.error}</p>}
      {found && 'parts' in found && <Found detail={found} />}
    </aside>
  )
}

function Found({ detail: { parts, hex, shortened } }: { detail: Detail }) {
  if (parts.length === 0 && hex.length === 0) {
    return <p>Nothing was sent here: this is a remark of the wire’s own.</p>
  }
  return (
    <>
      {parts.length > 0 && (
        <table class="parts">
          <thead>
            <tr>
              <th scope="col">on the wire</th>
              <th scope="col">what it is there for</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ text, meaning }) => (
              <tr>
                <td>
                  <code>{text.replaceAll('\r\n', '␍␊')}</code>
                </td>
                <td>{meaning}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {hex.length > 0 && (
        <details>
          <summary>The bytes{shortened ? ', their beginning' : ''}</summary>
          <pre tabindex={0}>{hex.join('\n')}</pre>
        </details>
      )}
    </>
  )
}
