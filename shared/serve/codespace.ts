import type { IncomingMessage, Server } from 'node:http'

/**
 * In a GitHub Codespace, gives each request the Origin back that its browser sent.
 *
 * The Codespace's door hands a request on with its public Host, and writes `http://localhost:<port>` over an Origin that
 * is that very address; it leaves every other Origin as it was. (Tried with curl by others:
 * github.com/symfony/demo/issues/1542.) A server that compares the two would refuse its own pages.
 *
 * @param server its own listeners are asked after this one, also for an upgrade
 * @param env where CODESPACES is not `true`, nothing is changed
 */
export function restoreOrigin(server: Server, env: NodeJS.ProcessEnv = process.env): void {
  if (env.CODESPACES !== 'true') return
  const restore = ({ headers }: IncomingMessage) => {
    const { host = '', origin } = headers
    const port = portInCodespace(host, env)
    if (port === undefined || origin === undefined) return
    if ([`http://localhost:${port}`, `https://localhost:${port}`].includes(origin))
      headers.origin = `https://${host}`
  }
  server.prependListener('request', restore)
  server.prependListener('upgrade', restore)
}

/**
 * The port that a Codespace's public Host stands for, `3000` in `<its name>-3000.app.github.dev`.
 *
 * @param host a request's Host, or undefined when it named none
 * @returns undefined for any other Host, and on every machine that is no Codespace
 */
export function portInCodespace(host = '', env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CODESPACES, CODESPACE_NAME: name, GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN: domain } = env
  if (CODESPACES !== 'true' || !name || !domain) return undefined
  if (!host.startsWith(`${name}-`) || !host.endsWith(`.${domain}`)) return undefined
  const port = host.slice(name.length + 1, -(domain.length + 1))
  return /^\d+$/.test(port) ? port : undefined
}
