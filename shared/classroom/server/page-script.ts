import { join } from 'node:path'

/** Where the page's own files are, absolute. */
export const pageDir = join(import.meta.dirname, '..', 'page')

let bundled: Promise<string> | undefined

/** The page's script in one file; bundled when it is first asked for. */
export function pageScript(): Promise<string> {
  bundled ??= bundle()
  return bundled
}

async function bundle(): Promise<string> {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [join(pageDir, 'main.tsx')],
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
