import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
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
  await writeFile(settings, nginxSettings(ports, own, folder))
  const service = await startService({
    file,
    arguments: ['-p', folder, '-c', settings, '-e', join(folder, 'error.log')],
    port: own,
    crash: 'SIGTERM', // SIGKILL leaves its workers behind.
    clean: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  })
  return { ...service, url: `http://localhost:${own}` }
}

function nginxSettings(ports: number[], port: number, folder: string): string {
  const has6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 4096; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  map $http_upgrade $connection_header { default upgrade; '' ''; }
  # By the session's cookie, and not by the address: a whole class has one address.
  map $cookie_session $person { '' $remote_addr; default $cookie_session; }
  # The number of the server that has answered: the last one that was asked.
  map $upstream_addr $server_number {
    default '';
    ${ports.map((one, index) => `~:${one}$ ${index + 1};`).join('\n    ')}
  }
  upstream chat {
    hash $person consistent; # when one server is gone, the people of the others stay where they are
    ${ports.map((one) => `server 127.0.0.1:${one} max_fails=1 fail_timeout=2s;`).join('\n    ')}
  }
  server {
    listen 127.0.0.1:${port};
    ${has6 ? `listen [::1]:${port};` : ''}
    location / {
      proxy_pass http://chat;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_header;
      proxy_connect_timeout 1s;
      proxy_read_timeout 60s; # longer than Socket.IO's 25 s between two pings
      proxy_buffering off;
      add_header X-Server $server_number always;
    }
  }
}
`
}
