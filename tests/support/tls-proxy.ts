import { execFile, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { findProgram } from '#shared/run/services/find-program'
import { freePort } from '#shared/run/services/service'
import { temporaryFolder } from './folders.ts'

const nginx = findProgram('nginx')

/** Why there is no proxy to test with, and what to install; undefined when there is one. */
export const noProxy = nginx
  ? undefined
  : 'no nginx found: install it (Debian: apt-get install nginx openssl), and the tests behind a proxy run too'

if (noProxy && process.env.CI) throw new Error(noProxy)

/**
 * Starts an nginx of our own in front of a program: TLS ends there, with a certificate that it made itself. It is
 * stopped when the test is over.
 *
 * @param to the program's address, `http://localhost:3000`
 * @param name the public name, `chat.example`
 * @param passesUpgrades false for a proxy that does not know WebSocket
 * @returns its address, `https://chat.example:49152`; the name leads nowhere but where the test's browser maps it
 */
export async function tlsProxy(to: string, name: string, passesUpgrades: boolean): Promise<string> {
  if (!nginx) throw new Error(noProxy)
  const folder = await temporaryFolder()
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  await promisify(execFile)('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
    '-addext',
    `subjectAltName=DNS:${name}`,
    '-keyout',
    key,
    '-out',
    certificate,
  ])
  await mkdir(join(folder, 'temporary'))
  const port = await freePort()
  const upgrade = passesUpgrades
    ? 'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $keeps_open;'
    : 'proxy_set_header Connection "";'
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path temporary/${kind};`)
    .join(' ')
  const config = `daemon off; pid nginx.pid; error_log stderr warn; worker_processes 1;
events {}
http {
  access_log off; ${temporary}
  map $http_upgrade $keeps_open { default upgrade; '' ''; }
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${certificate}; ssl_certificate_key ${key};
    location / {
      proxy_pass ${to.replace('localhost', '127.0.0.1')};
      proxy_http_version 1.1; proxy_read_timeout 60s; proxy_buffering off; ${upgrade}
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto https;
      proxy_set_header X-Forwarded-Host $http_host;
    }
  }
}`
  await writeFile(join(folder, 'nginx.conf'), config)
  const child = spawn(nginx, ['-p', folder, '-c', 'nginx.conf'], { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (text) => (complaint += text))
  const ended = once(child, 'close')
  onTestFinished(async () => {
    child.kill('SIGQUIT')
    await ended
  })
  while (!(await answers(port))) {
    if (/Address already in use/.test(complaint)) return tlsProxy(to, name, passesUpgrades) // somebody was quicker
    if (child.exitCode !== null) throw new Error(`nginx ended: ${complaint}`)
    await setTimeout(20)
  }
  return `https://${name}:${port}`
}

/** Whether something listens there. */
function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
  }).finally(() => socket.destroy())
}
