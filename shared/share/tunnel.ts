import { Advice } from '../terminal/advice.ts'

/** As much of @ngrok/ngrok as we use. */
export interface Ngrok {
  forward(config: {
    addr: string
    authtoken: string
  }): Promise<{ url(): string | null; close(): Promise<void> }>
}

/** An address in the world that leads to a port of this machine. */
export interface Tunnel {
  /** `https://….ngrok-free.app` */
  readonly url: string
  close(): Promise<void>
}

export interface TunnelOptions {
  /** where the chat listens, on this machine */
  port: number
  authtoken: string
  /** a stand-in for the library; for tests */
  ngrok?: Ngrok
  /** how long the service may take to answer, ms; default 20,000 */
  patienceMs?: number
}

/**
 * Opens an ngrok tunnel.
 *
 * @throws Advice that says why there is none, and what to do
 */
export async function openTunnel(options: TunnelOptions): Promise<Tunnel> {
  const { port, authtoken, patienceMs = 20_000 } = options
  const { forward } = options.ngrok ?? (await load())
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Advice(...noAnswer(patienceMs))), patienceMs)
  })
  const opening = forward({ addr: `127.0.0.1:${port}`, authtoken })
  try {
    const listener = await Promise.race([opening, tooLate])
    const url = listener.url()
    if (!url) throw new Error('the tunnel is open and has no address')
    return { url, close: () => listener.close() }
  } catch (error) {
    // Whoever comes too late is sent home.
    opening.then((late) => late.close()).catch(() => {})
    throw error instanceof Advice ? error : inWords(error)
  } finally {
    clearTimeout(timer)
  }
}

async function load(): Promise<Ngrok> {
  try {
    return await import('@ngrok/ngrok')
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new Advice(
      `The tunnel's package does not load on this machine: ${why}.`,
      'Share over the Wi-Fi instead:  npm run share -- --wifi',
    )
  }
}

const overWifi = 'Meanwhile, over the Wi-Fi:  npm run share -- --wifi'
const tokenPage =
  'Copy yours again from your dashboard at ngrok.com (Your Authtoken), and set NGROK_AUTHTOKEN to it.'

/** What ngrok's errors mean here, from its error reference at ngrok.com/docs/errors. What happened, and what to do. */
const meanings: Record<string, readonly [whatHappened: string, next: string]> = {
  105: [
    'NGROK_AUTHTOKEN does not look like a token of ngrok’s: a part is missing, or it is another kind of key.',
    tokenPage,
  ],
  107: ['ngrok does not know this token: it was reset, or its account is gone.', tokenPage],
  108: [
    'Your account has as many tunnel programs open as it may: the others run in another terminal, or on another machine.',
    'Close one of them with Ctrl-C (your dashboard at ngrok.com lists them), then:  npm run share',
  ],
  120: [
    'ngrok no longer takes the version of its package that is installed here.',
    'In this folder:  npm update @ngrok/ngrok',
  ],
  121: [
    'Your account asks for a newer version of ngrok’s package than is installed here.',
    'In this folder:  npm update @ngrok/ngrok',
  ],
  334: [
    'Your address is in use already: a tunnel of yours is open in another terminal, or on another machine.',
    'Close that one with Ctrl-C, then:  npm run share',
  ],
  725: ['Your account has sent as many bytes this month as its plan allows.', overWifi],
  727: [
    'Your account has had as many requests this month as its plan allows. Polling spends them fastest.',
    overWifi,
  ],
  734: ['More requests came in this minute than your plan allows.', 'Wait a minute, then:  npm run share'],
  3200: ['The tunnel is not open any more, or was closed from elsewhere.', 'Open it again:  npm run share'],
  4018: [
    'ngrok wants an account with a verified e-mail address, and its token.',
    'Sign up at ngrok.com, confirm the mail, and set NGROK_AUTHTOKEN to the token that your dashboard shows.',
  ],
  8012: [
    'The tunnel is open, and nothing answers behind it: the chat was stopped.',
    'Start it again:  npm start      and then:  npm run share',
  ],
}

function noAnswer(patienceMs: number): [string, string] {
  return [
    `ngrok has not answered for ${patienceMs / 1_000} s: this network is too slow for it, or blocks it.`,
    overWifi,
  ]
}

/** An error of the library's, told by its code, or by its words where it never reached the service. */
function inWords(error: unknown): Advice {
  const message = error instanceof Error ? error.message : String(error)
  const code = /ERR_NGROK_(\d+)/.exec(`${message} ${codeOf(error)}`)?.[1]
  const known = code && meanings[code]
  if (known) return new Advice(`${known[0]} (ERR_NGROK_${code})`, known[1])
  if (code) {
    return new Advice(
      `ngrok says no: ${message.split('\n')[0]}`,
      `What that means:  ngrok.com/docs/errors/err_ngrok_${code}. ${overWifi}`,
    )
  }
  // What the library says when it gets no connection, no name, or no TLS.
  if (/failed to (establish|connect)|dns|resolve|timed? ?out|tls|certificate/i.test(message)) {
    return new Advice(
      'ngrok cannot be reached. This network has no internet, or it blocks tunnels.',
      overWifi,
    )
  }
  return new Advice(`The tunnel could not be opened: ${message.split('\n')[0]}`, overWifi)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'errorCode' in error ? String(error.errorCode) : ''
}
