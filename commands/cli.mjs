// Every npm script enters here: `node commands/cli.mjs step 4`. Plain JavaScript, because it must still
// run, and say something useful, where Node is too old for the rest or the packages are not installed.

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `This is Node ${process.versions.node}; the workshop needs Node 20.19 or newer.`,
    'Install a newer one (a package manager, nvm, or the installer of nodejs.org), open a new terminal, then:  npm install',
  )
}

const [name, ...words] = process.argv.slice(2)

let tsx
try {
  tsx = await import('tsx/esm/api')
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
  fail('The packages are not installed yet.', 'In this folder, once:  npm install')
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
      `${error.message.split('\n')[0]}: the installed packages are incomplete or older than package.json.`,
      'npm install',
    )
  }
  if (error.name === 'Help') {
    console.log(error.message)
    process.exit(0)
  }
  if (error.name === 'Advice' || error.code?.startsWith('ERR_PARSE_ARGS')) fail(error.message, error.next)
  throw error
}

function fail(whatHappened, next) {
  console.error(whatHappened)
  if (next) console.error(next)
  process.exit(1)
}
