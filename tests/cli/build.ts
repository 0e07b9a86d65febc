// Why this exists: child processes must run the source, not a stale build. Compiling it once instead of at every start makes the suite faster.
import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

const ROOT = resolve(import.meta.dirname, '../..')
const SOURCES: readonly (readonly [RegExp, (name: string) => string])[] = [
  [/^#native$/, () => 'base/native.node.ts'],
  [/^#signature$/, () => 'envelope/signature.node.ts'],
  [/^tongheng\//, (name) => `${name.slice('tongheng/'.length)}/index.ts`],
]

const ownSource: Plugin = {
  name: 'own-source',
  setup(build) {
    for (const [filter, file] of SOURCES) build.onResolve({ filter }, ({ path }) => ({ path: join(ROOT, 'src', file(path)) }))
  },
}

const THREADS = { '#sqlite-thread': './sqlite-thread.mjs', '#judging-thread': './judging-thread.mjs' }

export interface Program {
  /** Folder of its own, under the system's temporary one. */
  readonly folder: string
  readonly file: string
  /** Of the thread of a SQLite store. */
  readonly thread: URL
  remove(): Promise<void>
}

/** Compiles an entry of this checkout into a folder in which packages resolve as they do here. */
export async function compile(entry: string): Promise<Program> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'tongheng-program-')))
  const file = join(folder, 'program.mjs')
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir')
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', imports: THREADS }))
  await build({
    entryPoints: {
      program: resolve(ROOT, entry),
      'sqlite-thread': resolve(ROOT, 'src/stores/sqlite/thread.ts'),
      'judging-thread': resolve(ROOT, 'src/threads/thread.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // As in the package: what a command loads on first use is a file of its own, and occupies no memory before.
    splitting: true,
    chunkNames: 'chunk-[hash]',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    plugins: [ownSource],
    logLevel: 'silent',
  })
  return {
    folder,
    file,
    thread: pathToFileURL(join(folder, 'sqlite-thread.mjs')),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
