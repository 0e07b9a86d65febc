// Why this exists: child processes must run the source, not a stale build. Compiling it once instead of at every start makes the suite faster.
import { symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { folderOnce } from '../support/once.ts'

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

/** Shifts the clock of a child process to a fixed time, so that tests do not depend on the date. */
const CLOCK = `const shift = Number(process.env.TEST_CLOCK_MS) - Date.now()
const real = Date.now.bind(Date)
Date.now = () => real() + shift
`

const THREADS = { '#sqlite-thread': './sqlite-thread.mjs', '#judging-thread': './judging-thread.mjs' }

export interface Program {
  /** Shared by all tests of this run; tests must not change it. */
  readonly folder: string
  readonly file: string
  /** URL of the thread of a SQLite store. */
  readonly thread: URL
}

/** Compiles an entry of this checkout once per test run, into a folder in which packages resolve as they do here. */
export async function compile(entry: string): Promise<Program> {
  const folder = await folderOnce(`program-${entry.replaceAll('/', '-')}`, (draft) => compileInto(draft, entry))
  return { folder, file: join(folder, 'program.mjs'), thread: pathToFileURL(join(folder, 'sqlite-thread.mjs')) }
}

async function compileInto(folder: string, entry: string): Promise<void> {
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir')
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', imports: THREADS }))
  await writeFile(join(folder, 'clock.mjs'), CLOCK)
  await build({
    entryPoints: {
      program: resolve(ROOT, entry),
      'sqlite-thread': resolve(ROOT, 'src/stores/sqlite/thread.ts'),
      'judging-thread': resolve(ROOT, 'src/threads/thread.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // As in the package: code that a command loads on demand is a separate file, which needs no memory before.
    splitting: true,
    chunkNames: 'chunk-[hash]',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Bundle pure JavaScript too, so that a child starts in two thirds of the time, but not native or optional packages.
    external: ['libsql', 'pg', 'pdfkit', ...Object.keys(THREADS)],
    plugins: [ownSource],
    logLevel: 'silent',
  })
}
