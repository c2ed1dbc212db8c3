const bundled = new Map<string, Promise<string>>()

/**
 * The script of a page that is built with Preact, in one file; bundled when it is first asked for.
 *
 * @param entry absolute
 */
export function pageScript(entry: string): Promise<string> {
  const made = bundled.get(entry) ?? bundle(entry)
  bundled.set(entry, made)
  return made
}

async function bundle(entry: string): Promise<string> {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}
