import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../course/course.ts'
import { findProgram } from './find-program.ts'
import { freePort, startService, type Service } from './service.ts'

/** An nginx of one's own, and where it is: `http://localhost:49152`. */
export interface PrivateNginx extends Service {
  readonly url: string
}

/**
 * Starts one in front of several servers. Who has a session is always sent to the same one, as long as it runs. Each answer says
 * in a header, `X-Server: 2`, which of them it comes from.
 *
 * @param ports the servers'
 * @param port where it listens; 0, the default, takes any free one
 * @returns undefined when nginx is not installed
 */
export async function startNginx(ports: number[], port = 0): Promise<PrivateNginx | undefined> {
  const file = findProgram('nginx')
  if (!file) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'on-the-wire-nginx-'))
  await chmod(folder, 0o755) // Its workers run as another user, when root starts it.
  const own = port || (await freePort())
  const settings = join(folder, 'nginx.conf')
  await writeFile(settings, await nginxSettings(ports, own, folder))
  const service = await startService({
    file,
    arguments: ['-p', folder, '-c', settings, '-e', join(folder, 'error.log')],
    port: own,
    crash: 'SIGTERM', // SIGKILL leaves its workers behind.
    clean: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  })
  return { ...service, url: `http://localhost:${own}` }
}

/** deploy/nginx.conf, with other servers and their numbers, another port, and nothing outside the folder. */
async function nginxSettings(ports: number[], port: number, folder: string): Promise<string> {
  const has6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const deployed = await readFile(join(root, 'deploy', 'nginx.conf'), 'utf8')
  const own = [
    [/^http \{/m, ['http {', ...temporary.map((name) => `${name}_temp_path ${folder}/${name};`)]],
    // The number of the server that has answered: the last one that was asked.
    [
      /^ {2}upstream chat \{/m,
      [
        "map $upstream_addr $server_number { default '';",
        ...ports.map((one, index) => `~:${one}$ ${index + 1};`),
        '}',
        'upstream chat {',
      ],
    ],
    [/proxy_buffering off;/, ['proxy_buffering off;', 'add_header X-Server $server_number always;']],
    [/server chat:3000(.*);/, ports.map((one) => `server 127.0.0.1:${one}$1;`)],
    [/listen 8080;/, [`listen 127.0.0.1:${port};`, ...(has6 ? [`listen [::1]:${port};`] : [])]],
  ] as const
  const settings = own.reduce((text, [there, lines]) => {
    if (!there.test(text)) throw new Error(`deploy/nginx.conf has no line ${there.source}`)
    return text.replace(there, lines.join('\n'))
  }, deployed)
  return `daemon off;\nworker_processes 1;\npid ${folder}/nginx.pid;\n${settings}`
}
