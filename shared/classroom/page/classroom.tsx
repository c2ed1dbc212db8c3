import { useEffect, useRef, useState } from 'preact/hooks'
import type { Course, Doings, Status } from '../protocol.ts'
import { ask, output, reloads, said } from './news.ts'
import { WirePanel } from './wire-panel.tsx'

const views = ['Lesson', 'Chat', 'Wire'] as const

/** Steps and lesson on the left, the program in two windows and the wire on the right; on a phone one of them at a time. */
export function Classroom({ now, course }: { now: Status; course: Course }) {
  const [view, setView] = useState<(typeof views)[number]>('Lesson')
  const [problem, setProblem] = useState<string>()
  const step = course.steps.find(({ number }) => number === course.open) ?? course.steps[0]
  if (!step) return null

  const act = async <Name extends keyof Doings>(name: Name, words: Doings[Name]) => {
    setProblem(undefined)
    setProblem(await ask(name, words))
  }
  const open = (number: number) => act('open', { step: number })

  return (
    <div class="classroom" data-view={view}>
      <header class="bar">
        <h1>On the Wire</h1>
        <StepPicker course={course} open={open} />
        <div class="views" role="group" aria-label="What is shown">
          {views.map((name) => (
            <button key={name} aria-pressed={name === view} onClick={() => setView(name)}>
              {name}
            </button>
          ))}
        </div>
        <Running now={now} course={course} step={step.number} act={act} />
      </header>
      <main>
        <div class="lesson-side">
          <Lesson
            step={step.number}
            passed={course.steps.filter(({ passed }) => passed).length}
            open={open}
          />
          <Desk course={course} step={step.number} act={act} problem={problem} />
        </div>
        <div class="program-side">
          <Windows now={now} withAccounts={course.withAccounts} />
          <WirePanel now={now} />
        </div>
      </main>
    </div>
  )
}

type Act = <Name extends keyof Doings>(name: Name, words: Doings[Name]) => Promise<void>

function StepPicker({ course, open }: { course: Course; open: (step: number) => void }) {
  const at = course.steps.findIndex(({ number }) => number === course.open)
  const go = (by: number) => {
    const to = course.steps[at + by]
    if (to) open(to.number)
  }
  return (
    <nav class="steps" aria-label="Steps">
      <button onClick={() => go(-1)} disabled={at <= 0} aria-label="The step before">
        ‹
      </button>
      <label>
        <span class="sr">Step</span>
        <select value={course.open} onChange={(event) => open(Number(event.currentTarget.value))}>
          {course.steps.map(({ number, title, minutes, passed }) => (
            <option key={number} value={number}>
              {passed ? '✓' : '\u2007'} {String(number).padStart(2, '0')} · {title} · {minutes} min
              {course.work === number ? ' · work/ is here' : ''}
            </option>
          ))}
        </select>
      </label>
      <button onClick={() => go(1)} disabled={at >= course.steps.length - 1} aria-label="The step after">
        ›
      </button>
    </nav>
  )
}

/** Which program stands behind the windows, how it is, and the other one that could. */
function Running({ now, course, step, act }: { now: Status; course: Course; step: number; act: Act }) {
  const { program, place } = now
  const { running, work } = course
  const isFinished = !running.own && running.step === step
  return (
    <div class="running">
      {now.shared && (
        <details class="shared">
          <summary>
            Open to others: <a href={now.shared.url}>{now.shared.url}</a>
          </summary>
          <img src={now.shared.picture} alt={`QR code of ${now.shared.url}`} />
        </details>
      )}
      <p data-is={program?.is} role="status">
        <b>{place}</b>{' '}
        {program?.is === 'running' ? 'runs' : program?.is === 'starting' ? 'is starting…' : 'is down'}
      </p>
      {work !== undefined && !running.own && (
        <Doing command="npm run work" label="Run mine" act={() => act('run', { step: work, own: true })} />
      )}
      {!isFinished && (
        <Doing
          command={`npm run step ${step}`}
          label={`Run the finished ${step}`}
          act={() => act('run', { step, own: false })}
        />
      )}
    </div>
  )
}

/** A button with the command that does the same. */
function Doing({
  label,
  command,
  act,
  disabled,
}: {
  label: string
  command: string
  act: () => void
  disabled?: boolean
}) {
  return (
    <button class="doing" onClick={act} disabled={disabled} title={command}>
      {label}
      <kbd>{command}</kbd>
    </button>
  )
}

function Lesson({ step, passed, open }: { step: number; passed: number; open: (step: number) => void }) {
  const [html, setHtml] = useState('')
  const article = useRef<HTMLElement>(null)

  useEffect(() => {
    let isWanted = true
    fetch(`/lesson/${step}`)
      .then((response) => response.text())
      .catch((error: unknown) => `The lesson could not be had: ${String(error)}`)
      .then((text) => {
        if (!isWanted) return
        setHtml(text)
        article.current?.scrollTo(0, 0)
      })
    return () => {
      isWanted = false
    }
  }, [step])

  // A link to another lesson opens it here.
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
      ref={article}
      tabindex={0}
      aria-label={`The lesson of step ${step}, ${passed} steps passed`}
      onClick={follow}
      // Our own lessons, from this repository; the page runs no script but its own.
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
}

/** The commands, and what they say. */
function Desk({ course, step, act, problem }: { course: Course; step: number; act: Act; problem?: string }) {
  const { busy, work } = course
  const [tab, setTab] = useState<'command' | 'program'>('command')
  const last = said.value
  useEffect(() => setTab('command'), [last?.command])
  const isDisabled = busy !== undefined
  const beginLabel = work === undefined ? 'Begin' : work === step ? 'Start over' : 'Catch up'

  return (
    <section class="desk" aria-label="Commands">
      <div class="doings">
        <Doing
          label={beginLabel}
          command={`npm run work ${step}`}
          act={() => act('begin', { step })}
          disabled={isDisabled}
        />
        <Doing
          label="Check"
          command={`npm run check ${step}`}
          act={() => act('check', { step })}
          disabled={isDisabled}
        />
        <Doing
          label="Hint"
          command={`npm run hint ${step}`}
          act={() => act('hint', { step })}
          disabled={isDisabled}
        />
        <Doing
          label="Diff"
          command={`npm run diff ${step}`}
          act={() => act('diff', { step })}
          disabled={isDisabled}
        />
        <Doing label="Next" command="npm run next" act={() => act('next', {})} disabled={isDisabled} />
      </div>
      <div class="tabs" role="group" aria-label="Whose words">
        <button aria-pressed={tab === 'command'} onClick={() => setTab('command')}>
          {last?.command ?? 'commands'}
        </button>
        <button aria-pressed={tab === 'program'} onClick={() => setTab('program')}>
          your server says
        </button>
      </div>
      {problem && <p role="alert">{problem}</p>}
      {tab === 'command' ? (
        <Lines
          label="What the command says"
          lines={last ? last.lines : ['What a button does, its command does too, in a terminal of your own.']}
          isAtWork={busy !== undefined}
        />
      ) : (
        <Lines label="What your server says" lines={output.value} />
      )}
    </section>
  )
}

/** Lines as a terminal shows them, the last one in sight. */
function Lines({
  label,
  lines,
  isAtWork = false,
}: {
  label: string
  lines: readonly string[]
  isAtWork?: boolean
}) {
  const box = useRef<HTMLPreElement>(null)
  useEffect(() => box.current?.scrollTo(0, box.current.scrollHeight), [lines.length])
  return (
    <pre class="lines" ref={box} tabindex={0} role="log" aria-label={label}>
      {lines.map((line, index) => (
        <span key={index} class={kindOf(line)}>
          {line}
          {'\n'}
        </span>
      ))}
      {isAtWork && <span class="at-work">…</span>}
    </pre>
  )
}

function kindOf(line: string): string | undefined {
  if (/^(✓|\+(?!\+\+ ))|(DONE|SO FAR SO GOOD)$/.test(line)) return 'good'
  if (/^(✗|-(?!-- ))|(NOT YET|DID NOT START)$/.test(line)) return 'bad'
  if (/^(@@|\+\+\+|---)/.test(line)) return 'place'
  if (/^(Look at|Next|Expected)\b/.test(line)) return 'advice'
  return undefined
}

/** The program twice, as two people see it, or one person in two tabs once a cookie says who one is. */
function Windows({ now, withAccounts }: { now: Status; withAccounts: boolean }) {
  const { url, program, place } = now
  const other = url.replace('localhost', '127.0.0.1')
  const isDown = program?.is === 'down'
  // Both frames have one browser's cookies; in another site's frame a browser keeps none at all.
  const names = withAccounts
    ? ['One tab', 'Another tab of the same person']
    : ['Ann’s window', 'Ben’s window']
  return (
    <section class="windows" aria-label="The program in two windows">
      {isDown && (
        <p class="down" role="alert">
          <b>{program.what}.</b> {program.error}
          <br />
          Save the file again once it is mended; it starts by itself.
        </p>
      )}
      {names.map((name, index) => (
        <figure key={name}>
          <div class="frame">
            <iframe key={reloads.value} title={`${name}: ${place}`} src={url} />
          </div>
          <figcaption>
            {name}{' '}
            <a href={index === 0 ? url : other} target="_blank" rel="noreferrer">
              {index === 0
                ? 'open it large'
                : withAccounts
                  ? 'open it as somebody else'
                  : 'large, as somebody else'}
            </a>
          </figcaption>
        </figure>
      ))}
    </section>
  )
}
