// Why this exists: a worker thread runs a file of the built package (`imports` of package.json), also where a test runs the source. In a clone
// that was never built there is none, so the files of the threads are built before the tests start.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'esbuild'

const ROOT = resolve(import.meta.dirname, '../..')
const PLATFORM = resolve(ROOT, 'dist/platform')
const THREADS = { 'sqlite-thread': 'stores/sqlite/thread.ts', 'judging-thread': 'threads/thread.ts' }

export async function setup(): Promise<void> {
  const missing = Object.entries(THREADS).filter(([name]) => !existsSync(resolve(PLATFORM, `${name}.js`)))
  if (missing.length === 0) return
  await build({
    entryPoints: Object.fromEntries(missing.map(([name, file]) => [name, resolve(ROOT, 'src', file)])),
    outdir: PLATFORM,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    alias: { '#native': resolve(ROOT, 'src/base/native.node.ts'), '#signature': resolve(ROOT, 'src/envelope/signature.node.ts') },
    logLevel: 'error',
  })
}
