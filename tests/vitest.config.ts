import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const source = (path: string): string => fileURLToPath(new URL(`../src/${path}`, import.meta.url))

/** Milliseconds after which a test, or what it runs before and after, is taken for one that never ends. */
const STOP = 300_000

/** Files that take longest: started late, one would run alone at the end. */
const LONGEST = [
  'certificate/complete',
  'certificate/pdf',
  'label/agrees',
  'conformance/judged-or-told',
  'package/package.e2e',
  'package/languages.e2e',
  'sync/nation.e2e',
  'stores/sqlite-processes.e2e',
  'page/judge.e2e',
  'page/scan.e2e',
  'page/desk-attacks.e2e',
  'page/rendered-languages.e2e',
  'spreadsheet/hostile.e2e',
  'stores/postgres.e2e',
  'cli/publish-killed.e2e',
  'page/hostile-node.e2e',
  'cli/serve.e2e',
  'package/declarations.e2e',
  'cli/trust-pull.e2e',
  'package/texts.e2e',
  'page/desk.e2e',
  'cli/verify-archives.e2e',
  'cli/operate.e2e',
  'page/archives.e2e',
  'crash/crash.e2e',
].map((name) => `/tests/${name}.test.ts`)

/** Vitest expects a class. Its own order, which without a cache is by size, is kept among the rest. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(name))
      return at < 0 ? LONGEST.length : at
    }
    return sorted.sort((one, other) => place(one) - place(other))
  }
}

// Tests import by package name, as a user does, and run the source.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: {
    alias: [
      { find: '#native', replacement: source('base/native.node.ts') },
      { find: '#signature', replacement: source('envelope/signature.node.ts') },
      { find: /^tongheng$/, replacement: source('index.ts') },
      { find: 'tongheng/errors', replacement: source('errors.ts') },
      { find: /^tongheng\/stores\/(\w+)$/, replacement: source('stores/$1/index.ts') },
      { find: /^tongheng\/(\w+)$/, replacement: source('$1/index.ts') },
    ],
  },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/unpack-browser.ts', 'tests/support/build-threads.ts', 'tests/support/run-folder.ts'],
    setupFiles: ['tests/support/fail-on-console.ts'],
    // Stops for what hangs, not measures: the machine may be slow and have other work. No test has a shorter one of its own.
    testTimeout: STOP,
    hookTimeout: STOP,
    expect: { poll: { timeout: STOP / 3 } },
    // Processes, since tests of the command line change the working directory; one more than there are cores, for a third of the time of a
    // process is waiting for a browser, a database or a disk.
    pool: 'forks',
    maxWorkers: availableParallelism() + 1,
    // Files share what they import: zod and the source are loaded once a process, not once a file. Nothing may be left changed after a file.
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
})
