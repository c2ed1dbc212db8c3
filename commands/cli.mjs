import { existsSync } from 'node:fs'
import http from 'node:http'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

// Every npm script enters here: `node commands/cli.mjs step 4`. Plain JavaScript, because it must still
// run, and say something useful, where Node is too old for the rest or the packages are not installed.

// A folder made by npm run usb brings all packages along.
const install = existsSync('npm-cache') ? 'npm install --offline --cache npm-cache' : 'npm install'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `This is Node ${process.versions.node}; the workshop needs Node 20.19 or newer.`,
    'Install a newer one: with your package manager, with nvm, or from nodejs.org.',
    `Then open a new terminal, and in this folder:  ${install}`,
  )
}

const folder = dirname(dirname(fileURLToPath(import.meta.url)))
const [unreadable] = folder.match(/[#%?]/) ?? []
if (unreadable) {
  fail(
    `The path of this folder has a ${unreadable} in it: ${folder}`,
    'The programs that run and check TypeScript read that as a part of a web address.',
    'Rename the folder, or move it to one without, open a new terminal there, and then:  npm run doctor',
  )
}

// With this, Node sends what it asks on this machine, too, to a proxy elsewhere, and there nobody has our chat.
if (process.env.NODE_USE_ENV_PROXY) {
  const here = 'localhost,.localhost,127.0.0.1,::1,[::1]'
  const others = process.env.no_proxy ?? process.env.NO_PROXY
  process.env.NO_PROXY = process.env.no_proxy = others ? `${others},${here}` : here
  http.globalAgent = new http.Agent({ keepAlive: true }) // the first one has read the environment already
}

const [name, ...words] = process.argv.slice(2)

let tsx
try {
  tsx = await import('tsx/esm/api')
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
  fail(
    'The packages are not installed yet.',
    `In this folder, once:  ${install}`,
    ...(install === 'npm install'
      ? ['Without a network: use a folder made by npm run usb on another machine.']
      : []),
  )
}
tsx.register()

try {
  const command = await import(`./${name}.ts`)
  // A command returns its exit code, or nothing when it goes on until Ctrl-C.
  const exitCode = await command.default(words)
  if (exitCode !== undefined) process.exit(exitCode)
} catch (error) {
  if (error.code === 'ERR_MODULE_NOT_FOUND' && !/commands/.test(error.message)) {
    fail(
      error.message.split('\n')[0],
      'The installed packages are incomplete, or older than package.json.',
      `To install them:  ${install}`,
    )
  }
  if (error.name === 'Help') {
    console.log(error.message)
    process.exit(0)
  }
  if (error.name !== 'Advice') throw error
  const { widthOf, wrap } = await import('../shared/terminal/wrap.ts')
  const lines = [error.message, error.next].flatMap((text) => text.split('\n'))
  fail(...lines.map((line) => wrap(line, widthOf(process.stderr))))
}

/** What happened, and what to do about it. */
function fail(...lines) {
  for (const line of lines) console.error(line)
  process.exit(1)
}
