import { cp, mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { root } from '#shared/course/course'

/** What a Dockerfile's last stage makes, and how it is started. */
export interface Image {
  env: Record<string, string>
  command: string[]
  healthCheck: string[]
}

const productionPackages = '--from=packages /app/node_modules ./node_modules'

/**
 * Does in a folder what the last stage of this project's Dockerfile does in /app. Its packages are those of package-lock.json that
 * are not for development alone, as they are installed here.
 *
 * @param folder an empty one
 * @throws Error when a COPY copies nothing, or when a line is not understood
 */
export async function makeImage(folder: string): Promise<Image> {
  const isIgnored = await ignored()
  const image: Image = { env: {}, command: [], healthCheck: [] }
  for (const [name, words] of instructions(await readFile(join(root, 'Dockerfile'), 'utf8'))) {
    if (name === 'COPY' && words === productionPackages) await linkPackages(join(folder, 'node_modules'))
    else if (name === 'COPY') await copy(words.split(' '), folder, isIgnored)
    else if (name === 'ENV')
      Object.assign(image.env, Object.fromEntries(words.split(' ').map((word) => word.split('='))))
    else if (name === 'CMD') image.command = JSON.parse(words)
    else if (name === 'HEALTHCHECK') image.healthCheck = JSON.parse(words.replace(/^.* CMD /, ''))
    else if (!['FROM', 'WORKDIR', 'RUN', 'USER', 'EXPOSE'].includes(name))
      throw new Error(`${name} is not understood`)
  }
  return image
}

/** What the last stage is told, each with its words. */
function instructions(dockerfile: string): [name: string, words: string][] {
  const lines = dockerfile
    .replaceAll('\r', '')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter(Boolean)
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')))
  return last.map((line) => [line.replace(/ .*/, ''), line.replace(/^\S+ /, '')])
}

async function copy([source = '', ...more]: string[], folder: string, isIgnored: (path: string) => boolean) {
  const [target = ''] = more
  if (more.length !== 1 || source.startsWith('--'))
    throw new Error(`COPY ${source} ${more.join(' ')} is not understood`)
  const isFile = (await stat(join(root, source))).isFile()
  const inside = isFile ? [''] : await readdir(join(root, source), { recursive: true })
  let copied = 0
  for (const name of inside) {
    const path = posix.join(source, name.replaceAll('\\', '/'))
    if (isIgnored(path) || !(await stat(join(root, path))).isFile()) continue
    const to =
      isFile && target.endsWith('/')
        ? join(folder, target, posix.basename(source))
        : join(folder, target, name)
    await mkdir(dirname(to), { recursive: true })
    await cp(join(root, path), to)
    copied += 1
  }
  if (copied === 0) throw new Error(`COPY ${source}: .dockerignore leaves nothing of it`)
}

/** What .dockerignore leaves out: of several patterns that fit a path, or a folder that it is in, the last one counts. */
async function ignored(): Promise<(path: string) => boolean> {
  const lines = (await readFile(join(root, '.dockerignore'), 'utf8')).split(/\r?\n/).filter(Boolean)
  const patterns = lines.map((line) => {
    const pattern = line.replace(/^!/, '').replaceAll('.', '\\.').replaceAll('*', '[^/]*')
    return { fits: new RegExp(`^${pattern}(/|$)`), leavesOut: !line.startsWith('!') }
  })
  return (path) => patterns.findLast(({ fits }) => fits.test(path))?.leavesOut ?? false
}

async function linkPackages(folder: string) {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
  for (const [path, { dev }] of Object.entries<{ dev?: true }>(packages)) {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? []
    if (!name || dev || !existsSync(join(root, path))) continue // a binary for another system is not installed
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await symlink(join(root, path), join(folder, name), 'junction')
  }
}
