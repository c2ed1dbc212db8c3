import { signal } from '@preact/signals'
import { render } from 'preact'
import { io, type Socket } from 'socket.io-client'
import type { Answer, RoomNews } from '../room-events.ts'
import { Bars } from './bars.tsx'

/** Behind the #, it is not sent with the page's request. */
const codeInAddress = () => /^#([a-z]{6})$/i.exec(location.hash)?.[1]
const code = signal(codeInAddress() ?? sessionStorage.getItem('code') ?? '')
const isIn = signal(false)
const news = signal<RoomNews>({})
const problem = signal('')

const socket: Socket = io({
  auth: (give) => give({ code: code.value, token: localStorage.getItem(`token ${code.value}`) }),
  transports: ['websocket', 'polling'],
  tryAllTransports: true,
  autoConnect: false,
})

socket.on('news', (next: RoomNews) => (news.value = next))
socket.on('disconnect', () => (problem.value = 'Reconnecting…'))
socket.on('connect', () => void takeSeat())
socket.on('connect_error', ({ message }: Error) => {
  problem.value = socket.active ? 'The room does not answer.' : message
  if (!socket.active) isIn.value = false
})

async function takeSeat(): Promise<void> {
  const hasSeat = localStorage.getItem(`token ${code.value}`) !== null
  const answer: Answer<{ token: string }> = await socket.emitWithAck('join', {})
  if (answer.ok) localStorage.setItem(`token ${code.value}`, answer.token)
  problem.value = answer.ok || hasSeat ? '' : answer.error
  sessionStorage.setItem('code', code.value)
  isIn.value = true
}

function comeIn(event?: Event): void {
  event?.preventDefault()
  code.value = code.value.trim().toLowerCase()
  socket.disconnect().connect()
}

async function choose(question: number, answer: number): Promise<void> {
  const said: Answer = await socket.emitWithAck('vote', { question, answer })
  problem.value = said.ok ? '' : said.error
}

function Page() {
  const { question, place } = news.value
  return (
    <>
      {problem.value && <p role="alert">{problem.value}</p>}
      {!isIn.value && (
        <form onSubmit={comeIn}>
          <h1>Answer the room’s questions</h1>
          <label>
            The six letters on the wall
            <input
              value={code.value}
              maxLength={6}
              autocapitalize="none"
              autocomplete="off"
              onInput={({ currentTarget }) => (code.value = currentTarget.value)}
            />
          </label>
          <button>Come in</button>
        </form>
      )}
      {isIn.value && !question && (
        <>
          <h1>You are in.</h1>
          <p>The next question appears here.{place && ` The room is at ${place}.`}</p>
        </>
      )}
      {isIn.value && question && (
        <>
          <h1>{question.text}</h1>
          {question.isOpen && (
            <div class="answers">
              {question.answers.map((answer, index) => (
                <button
                  key={index}
                  aria-pressed={question.mine === index}
                  onClick={() => void choose(question.id, index)}
                >
                  {answer}
                </button>
              ))}
            </div>
          )}
          {question.counts && <Bars question={question} />}
          {!question.isOpen && <p role="status">This question is closed.</p>}
        </>
      )}
    </>
  )
}

const place = document.getElementById('page')
if (!place) throw new Error('phone.html has a place for the page')
place.replaceChildren()
render(<Page />, place)
if (code.value) comeIn()
addEventListener('hashchange', () => {
  code.value = codeInAddress() ?? code.value // the QR code, where the page is open already
  comeIn()
})
